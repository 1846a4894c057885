import { systemPath } from '../../http/addresses.ts'
import { sayName, sayNumber } from '../../http/words.ts'
import { listRetiredUnready } from '../../store/after-retirement.ts'
import type { Visit } from '../visit.ts'
import type { AttentionLine } from './attention-line.ts'

/** At most so many. */
const NOTED = 200

/** Systems that an override retired while something held them, and still does. */
export async function systemAlarms({ context, t, language, today }: Visit): Promise<AttentionLine[]> {
  const systems = await listRetiredUnready(context.db, today, NOTED)
  return systems.map(system => {
    const count = system.holds.length
    const onlyGates = system.holds.every(hold => hold.startsWith('gate:'))
    const values = { system: sayName(language, system), reason: shortened(system.overrideReason ?? '') }
    return {
      kind: 'retired_unready',
      text: t('attention.retired_unready', { ...values, count, number: sayNumber(language, count) }),
      next: {
        text: t('attention.next.retired_unready'),
        href: `${systemPath(system.key)}#${onlyGates ? 'gates' : 'residuals'}`,
      },
      isAlarm: true,
    }
  })
}

/** A line of a list has no room for a long reason; the page of the system has all of it. */
const REASON = 60

function shortened(reason: string): string {
  const letters = [...reason]
  return letters.length > REASON ? `${letters.slice(0, REASON).join('')}…` : reason
}
