import type { Judgement } from '../../domain/shutdown/judge.ts'
import { goingTogether, type ServiceJudgement } from '../../domain/shutdown/service.ts'
import { listCallers, listFed } from '../../domain/shutdown/uses-of-service.ts'
import { servicePath } from '../../http/addresses.ts'
import { sayNumber } from '../../http/words.ts'
import type { Service } from '../../store/nouns.ts'
import { findServicesByKey } from '../../store/services.ts'
import { groundsFor, sayGrounds } from '../rests-on.ts'
import type { Visit } from '../visit.ts'
import { reasonsOf } from './service-reasons.ts'

const SHOWN = 12

/** What somebody overrides who switches it off now: who still calls it, and all that holds it; none where it is READY. */
export async function overriddenBy(
  visit: Visit,
  judgement: Judgement,
  service: Service,
  found: ServiceJudgement,
) {
  const { t, language } = visit
  if (found.verdict === 'READY') return []
  const { own, others } = await reasonsOf(visit, judgement, service, found)
  const first = [...own, ...others].slice(0, SHOWN)
  const left = found.blockers.length - first.length
  const href = servicePath(service.key)
  return [
    ...sayUsers(visit, judgement, service),
    ...(await sayWaived(visit, judgement, found)),
    ...first.map(({ text, date, isOverdue }) => ({
      text: [text, ...(date === '' ? [] : [date])].join(t('open.separator')),
      isWeak: isOverdue,
      next: null,
    })),
    ...(left > 0
      ? [
          {
            text: t('service.moreReasons', { count: left, number: sayNumber(language, left) }),
            isWeak: false,
            next: { text: t('service.shutdown.seeAll'), href },
          },
        ]
      : []),
  ]
}

/** Whose use is waived holds nothing and would lose it all the same; where nothing holds it, that is among what it rests on. */
async function sayWaived(visit: Visit, judgement: Judgement, { id, blockers }: ServiceJudgement) {
  if (blockers.length === 0) return []
  const services = await findServicesByKey(visit.context.db, goingTogether(judgement, id))
  const grounds = [...(await groundsFor(visit, services)).values()].flat()
  return sayGrounds(
    visit,
    grounds.filter(({ kind }) => kind === 'waived_use'),
  ).lines
}

/** Who would lose a service that they call, or that feeds them: those who go together with it do not. */
function sayUsers({ t, language }: Visit, judgement: Judgement, { key }: Service) {
  const group = goingTogether(judgement, key)
  const callers = outsideOf(group, member => listCallers(judgement, member))
  const fed = outsideOf(group, member => listFed(judgement, member))
  return [
    ...said('callers', callers, 'consumers'),
    ...said(
      'fed',
      fed.filter(one => !callers.includes(one)),
      'providers',
    ),
  ]

  function said(code: 'callers' | 'fed', users: string[], place: 'consumers' | 'providers') {
    if (users.length === 0) return []
    const values = {
      count: users.length,
      number: sayNumber(language, users.length),
      consumers: users.slice(0, SHOWN).join(t('service.headline.comma')),
    }
    const text = t(`service.shutdown.${code}${users.length > SHOWN ? 'First' : ''}`, values)
    const next = { text: t(`service.shutdown.see.${place}`), href: `${servicePath(key)}#${place}` }
    return [{ text, isWeak: true, next }]
  }
}

function outsideOf(group: readonly string[], usersOf: (member: string) => string[]): string[] {
  return [...new Set(group.flatMap(usersOf))].filter(user => !group.includes(user))
}
