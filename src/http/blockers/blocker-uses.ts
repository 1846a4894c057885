import { servicePath } from '../addresses.ts'
import type { Said, Telling } from './blocker-telling.ts'

type Pair = { consumer: string; provider: string }

/** Somebody outside the estate who still uses one or several services. */
export function sayExternal({ t, details }: Telling, name: string): Said {
  const uses = details.externals.get(name) ?? []
  const providers = [...new Set(uses.map(use => use.provider))]
  const [first] = providers
  const values = { name, provider: first, more: providers.length - 1 }
  return {
    text: t(providers.length > 1 ? 'blocker.external.several' : 'blocker.external.one', values),
    owner: name,
    next: {
      text: t('blocker.next.agreeDay'),
      href: uses.length === 1 ? `/externals/${uses[0]!.id}/edit` : usesPath(first ?? ''),
    },
  }
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
