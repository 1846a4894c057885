import { knownOfSum } from '../../domain/known-cost.ts'
import { listMoved } from '../../domain/shutdown/comparison.ts'
import { countVerdicts } from '../../domain/shutdown/estate.ts'
import { type Judgement, VERDICTS } from '../../domain/shutdown/judge.ts'
import { findService, type ServiceJudgement } from '../../domain/shutdown/service.ts'
import { soakingsOf } from '../../domain/shutdown/soaking.ts'
import { type Change, type Outcome, whatIf } from '../../domain/shutdown/what-if.ts'
import { servicePath } from '../../http/addresses.ts'
import { sayBlockersAt } from '../../http/blockers/blocker-words.ts'
import { type ForecastDays, loadForecastDays } from '../../http/forecast-days.ts'
import { lapsingAfter, sayLapse } from '../../http/lapses.ts'
import type { ShutdownFacts } from '../../http/shutdown-facts.ts'
import { saySoakingShortly } from '../../http/soaking.ts'
import type { Wish } from '../../http/what-if-query.ts'
import { sayNumber } from '../../http/words.ts'
import { type MoneyOfServices, moneyOfServices } from '../services/money-of-services.ts'
import type { Visit } from '../visit.ts'
import { sayMoment, sayServiceMoment } from '../when-words.ts'
import { whatIsAgainst } from './what-if-against.ts'
import { whyNotMore } from './what-if-reasons.ts'

const SHOWN = 50

/** What the change would free, lose and move, and why it would not free more. */
export async function answerOf(
  visit: Visit,
  {
    judgement: before,
    knownCosts,
    currencies,
  }: Pick<ShutdownFacts, 'judgement' | 'knownCosts' | 'currencies'>,
  change: Change,
  wishes: readonly Wish[],
) {
  const { t, language } = visit
  const outcome = whatIf(before, change)
  const sums = moneyOfServices(visit, { currencies })
  const money = (services: readonly string[], cost: number) =>
    sums.monthly({ cost, ...knownOfSum(services, knownCosts) })
  const gained = new Set(outcome.services)
  const datesOf = (id: string, name: 'earliest' | 'planned') =>
    [before, outcome.after].map(judged => sayServiceMoment(t, judged, findService(judged, id)!, name, days))
  const days = await loadForecastDays(visit.context)
  const lapsing = await lapsingAfter(visit, outcome.after)
  const soakings = soakingsOf(outcome.after)
  const lapseOf = (id: string) =>
    [sayLapse(t, lapsing.get(id)), saySoakingShortly(t, soakings.get(id))]
      .filter(text => text !== null)
      .join(' ')
  const allMoved = listMoved(before, outcome.after)
  const moved = allMoved.filter(({ id }) => !gained.has(id))
  const caption = moved.length < allMoved.length ? 'whatIf.movedBesides' : 'whatIf.movedCaption'
  const number = (count: number) => ({ count, number: sayNumber(language, count) })
  return {
    headline: headlineOf(visit, outcome, money),
    counts: countRows(visit, before, outcome.after),
    gained: {
      ...gainedRows(visit, before, outcome, { money, lapseOf, days }),
      more:
        outcome.services.length > SHOWN ? t('whatIf.more', number(outcome.services.length - SHOWN)) : null,
    },
    against: whatIsAgainst(visit, before, change),
    lost: await lostRows(visit, outcome),
    moved: {
      caption: t(caption, number(moved.length)),
      rows: moved.slice(0, SHOWN).map(({ id }) => ({
        key: id,
        href: servicePath(id),
        lapse: lapseOf(id),
        earliest: datesOf(id, 'earliest'),
        planned: datesOf(id, 'planned'),
      })),
      more: moved.length > SHOWN ? t('whatIf.more', number(moved.length - SHOWN)) : null,
    },
    why: await whyNotMore(visit, before, outcome.after, change, wishes),
  }
}

function headlineOf(visit: Visit, { services, cost, lost, readied, after }: Outcome, money: Money): string {
  const { t, language } = visit
  const gain =
    services.length === 0
      ? t(readied.length > 0 ? 'whatIf.gainsNoMore' : 'whatIf.gainsNothing')
      : sayGains() + saySaved()
  const loss = t('whatIf.loses', { count: lost.length, number: sayNumber(language, lost.length) })
  return [gain, ...(readied.length > 0 ? [sayReadied()] : []), ...(lost.length > 0 ? [loss] : [])].join('')

  /** Free in a later wave is not yet to be shut down: how many can go at once is said where not all can. */
  function sayGains(): string {
    const { length: count } = services
    const now = services.filter(id => after.verdicts[after.graph.numbers.get(id)!] === 'READY').length
    const ofThem =
      now === count
        ? ''
        : t(`whatIf.${now > 0 ? 'ofThemNow' : 'noneNow'}`, { number: sayNumber(language, now) })
    return t('whatIf.gains', { count, number: sayNumber(language, count), ofThem })
  }

  function sayReadied(): string {
    const named = readied.slice(0, NAMED).join(t('whatIf.comma'))
    const values = { count: readied.length, number: sayNumber(language, readied.length), services: named }
    return t(readied.length > NAMED ? 'whatIf.readiedFirst' : 'whatIf.readied', values)
  }

  function saySaved(): string {
    const { text, isUnknown } = money(services, cost)
    const count = services.length
    return isUnknown ? t('whatIf.costUnknown', { count }) : t('whatIf.saves', { money: text, count })
  }
}

const NAMED = 10

type Money = (services: readonly string[], cost: number) => ReturnType<MoneyOfServices['monthly']>

function countRows({ t, language }: Visit, before: Judgement, after: Judgement) {
  const [was, is] = [countVerdicts(before), countVerdicts(after)]
  return VERDICTS.filter(verdict => was.has(verdict) || is.has(verdict)).map(verdict => {
    const [then, now] = [was.get(verdict) ?? 0, is.get(verdict) ?? 0]
    return {
      verdict,
      label: t(`verdict.${verdict}`),
      before: sayNumber(language, then),
      after: sayNumber(language, now),
      change: now === then ? '' : `${now > then ? '+' : '−'}${sayNumber(language, Math.abs(now - then))}`,
    }
  })
}

/** By wave, so that what can go at once stands first. */
function gainedRows(
  { t, language }: Visit,
  before: Judgement,
  { services, after }: Outcome,
  { money, lapseOf, days }: { money: Money; lapseOf: (id: string) => string; days: ForecastDays },
) {
  const judged = services.map(id => findService(after, id)!)
  const byWave = [...Map.groupBy(judged, one => one.wave ?? 0)].sort(([a], [b]) => a - b)
  const shown = byWave.flatMap(([, members]) => members).slice(0, SHOWN)
  return {
    waves: byWave.map(([wave, members]) =>
      t(wave === 1 ? 'whatIf.now' : 'whatIf.wave', {
        wave,
        count: members.length,
        number: sayNumber(language, members.length),
      }),
    ),
    rows: shown.map(one => toGainedRow(one)),
  }

  function toGainedRow({ id, verdict, wave, planned }: ServiceJudgement) {
    const { cost } = before.graph.services[before.graph.numbers.get(id)!]!
    return {
      key: id,
      href: servicePath(id),
      lapse: lapseOf(id),
      verdict,
      label: t(`verdict.${verdict}`),
      wave: sayNumber(language, wave ?? 0),
      before: sayServiceMoment(t, before, findService(before, id)!, 'planned', days),
      planned: sayMoment(t, planned),
      cost: money([id], cost),
    }
  }
}

async function lostRows(visit: Visit, { lost, after }: Outcome) {
  const shown = lost.slice(0, SHOWN).map(id => findService(after, id)!)
  const reasons = await sayBlockersAt(
    visit,
    shown.map(({ id, own, blockers }) => ({ blocker: own[0] ?? blockers[0]!, service: id })),
  )
  return shown.map(({ id }, at) => ({ key: id, href: servicePath(id), text: reasons[at]!.text }))
}
