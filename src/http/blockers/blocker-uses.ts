import { lastOf, type OutsideHold } from '../../domain/shutdown/outside-holds.ts'
import { servicePath } from '../addresses.ts'
import type { Translate } from '../languages.ts'
import type { Said, Telling } from './blocker-telling.ts'

type Pair = { consumer: string; provider: string }

/** Somebody outside the estate who still uses one or several services; the day said with it is that of the last. */
export function sayExternal({ t, details }: Telling, name: string, uses: readonly OutsideHold[]): Said {
  const kept = details.externals.get(name) ?? []
  const first = uses[0]?.provider ?? kept[0]?.provider ?? ''
  const [reported, ...others] = kept.filter(({ provider }) => provider === first)
  return {
    text: sayUses(t, name, first, uses),
    owner: name,
    next: {
      text: t('blocker.next.agreeDay'),
      href: reported && others.length === 0 ? `/externals/${reported.id}/edit` : usesPath(first),
    },
  }
}

/** Whose day it is has to be told where the use that is named first ends before the last. */
function sayUses(t: Translate, name: string, provider: string, uses: readonly OutsideHold[]): string {
  const [first] = uses
  const values = { name, provider, more: uses.length - 1 }
  if (!first || uses.length === 1) return t('blocker.external.one', values)
  const last = lastOf(uses)
  if (last.date === first.date) return t('blocker.external.several', values)
  const date = t('blocker.date.day', { day: first.date })
  return t('blocker.external.longer', { ...values, date, last: last.provider })
}

/** Calls of a consumer that is off, from before it went: they fade by themselves. */
export function sayFadingCalls({ t, details }: Telling, pair: Pair): Said {
  const day = details.uses.get(`${pair.consumer}>${pair.provider}`)?.lastSeenOn
  return {
    text: t('blocker.traffic', { ...pair, day }),
    owner: details.services.get(pair.provider)?.owner ?? null,
    next: { text: t('blocker.next.wait'), href: usesPath(pair.provider) },
  }
}

/** Calls of a consumer that is said to be off: somebody has to say where they come from. */
export function sayGhostCalls({ t, details }: Telling, pair: Pair): Said {
  const consumer = details.services.get(pair.consumer)
  const day = details.uses.get(`${pair.consumer}>${pair.provider}`)?.lastSeenOn
  const kind = consumer?.offSince ? 'after' : 'unknownDay'
  return {
    text: t(`blocker.ghost.${kind}`, { ...pair, day, off: consumer?.offSince }),
    owner: consumer?.owner ?? details.services.get(pair.provider)?.owner ?? null,
    next: { text: t('blocker.next.explainCalls'), href: usesPath(pair.provider) },
  }
}

function usesPath(key: string): string {
  return `${servicePath(key)}#consumers`
}
