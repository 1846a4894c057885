import { countVerdicts } from '../../domain/shutdown/estate.ts'
import { type Judgement, VERDICTS, type Verdict } from '../../domain/shutdown/judge.ts'
import { pageWith } from '../../http/addresses.ts'
import { sayNumber } from '../../http/words.ts'
import type { Visit } from '../visit.ts'

export type VerdictCount = { verdict: Verdict; label: string; count: string; href: string }

/** How many services have each verdict, those that can go first; of the others only what occurs. */
export function verdictCounts({ t, language }: Visit, judgement: Judgement): VerdictCount[] {
  const counts = countVerdicts(judgement)
  return ORDER.filter(verdict => verdict === 'READY' || counts.has(verdict)).map(verdict => ({
    verdict,
    label: t(`verdict.${verdict}`),
    count: sayNumber(language, counts.get(verdict) ?? 0),
    href: pageWith('/services', { verdict }),
  }))
}

const ORDER = [...VERDICTS].sort((a, b) => rank(a) - rank(b))

function rank(verdict: Verdict): number {
  return ['READY', 'FREE', 'NEEDS_REPOINT', 'BLOCKED', 'KEEP', 'OFF'].indexOf(verdict)
}
