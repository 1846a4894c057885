import { addMoney } from '../../domain/money.ts'
import { costOfMonth, isInForce } from '../../domain/monthly-cost.ts'
import { savingsOfServices } from '../../domain/savings.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import type { ServiceJudgement } from '../../domain/shutdown/service.ts'
import { servicePath, systemPath } from '../../http/addresses.ts'
import type { ForecastDays } from '../../http/forecast-days.ts'
import { sayMonthly, sayName, sayNumber } from '../../http/words.ts'
import type { CostRow, Service } from '../../store/nouns.ts'
import type { ServedSystem } from '../../store/services.ts'
import type { Visit } from '../visit.ts'
import { sayServiceMoment } from '../when-words.ts'

type Fact = {
  label: string
  text: string
  isUnknown?: boolean
  hint?: string | null
  warning?: string | null
  links?: { text: string; href: string }[]
}

type Beside = {
  costs: readonly CostRow[]
  roleChange: string | null
  lapse: string | null
  days: ForecastDays
  judgement: Judgement
}

/** What is said of a service in a word each; what nobody said is unknown. */
export function factsOf(
  visit: Visit,
  service: Service,
  found: ServiceJudgement,
  systems: readonly ServedSystem[],
  { costs, roleChange, lapse, days, judgement }: Beside,
): Fact[] {
  const { t, language } = visit
  const others = found.group.filter(key => key !== service.key)
  const moment = (name: 'earliest' | 'planned'): Fact => {
    const { chance, ...said } = sayServiceMoment(t, judgement, found, name, days)
    const warning = said.isUnknown ? null : lapse
    return { label: t(`services.head.${name}`), ...said, hint: chance ?? null, warning }
  }
  return [
    ...(found.wave === null
      ? []
      : [{ label: t('services.head.wave'), text: sayNumber(language, found.wave) }]),
    ...(found.verdict === 'OFF' ? [] : [moment('earliest'), moment('planned')]),
    ...(others.length > 0 ? [linked(t('service.group'), others.slice(0, GROUP), servicePath)] : []),
    systems.length > 0
      ? {
          label: t('services.system'),
          text: '',
          links: systems.map(system => ({ text: sayName(language, system), href: systemPath(system.key) })),
        }
      : unknown(t('services.system'), t('service.noSystem')),
    {
      ...(service.role
        ? { label: t('field.role'), text: t(`serviceRole.${service.role}`) }
        : unknown(t('field.role'), t('service.noRole'))),
      hint: roleChange,
    },
    costFact(visit, costs),
    ...savedFact(visit, service, costs),
    service.owner
      ? { label: t('field.owner'), text: service.owner }
      : unknown(t('field.owner'), t('when.unknown')),
    ...plain(t('field.note'), service.note),
    ...plain(t('field.source'), service.source),
  ]
}

const GROUP = 20

function linked(label: string, keys: readonly string[], pathOf: (key: string) => string): Fact {
  return { label, text: '', links: keys.map(key => ({ text: key, href: pathOf(key) })) }
}

function unknown(label: string, text: string): Fact {
  return { label, text, isUnknown: true }
}

function plain(label: string, text: string | null): Fact[] {
  return text ? [{ label, text }] : []
}

/** What is known of the monthly cost, and of which kinds nothing is. */
function costFact({ t, language, today }: Visit, costs: readonly CostRow[]): Fact {
  const label = t('services.head.cost')
  const standing = costs.filter(isStanding)
  const { known, missing } = costOfMonth(standing, today)
  if (known.length === 0) return unknown(label, t('money.unknown'))
  const kinds = missing.map(kind => t(`costKind.${kind}`)).join(t('attention.comma'))
  const text = sayMonthly(t, language, addMoney(known))
  return { label, text: kinds ? t('service.cost.incomplete', { text, kinds }) : text }
}

/** What its end has saved, which nobody knows as long as no cost of it is on record. */
function savedFact(
  { t, language, today }: Visit,
  { state, offSince }: Service,
  costs: readonly CostRow[],
): Fact[] {
  if (state === 'on') return []
  const label = t('costs.realised')
  const { realised } = savingsOfServices([{ offSince, costs: costs.filter(isStanding) }], today)
  if (realised.length === 0) return [unknown(label, t('money.unknown'))]
  return [{ label, text: sayMonthly(t, language, realised) }]
}

function isStanding({ withdrawnOn }: CostRow): boolean {
  return !withdrawnOn
}

/** Every cost that was ever recorded, withdrawn ones last. */
export function costLines({ t, language, today }: Visit, costs: readonly CostRow[]) {
  const standing = costs.filter(isStanding)
  return [...costs]
    .sort((a, b) => Number(a.withdrawnOn !== null) - Number(b.withdrawnOn !== null))
    .map(cost => ({
      kind: t(`costKind.${cost.kind}`),
      amount: sayMonthly(t, language, [{ fen: cost.amountFen, currency: cost.currency }]),
      from: cost.fromOn ?? t('service.cost.always'),
      standing: cost.withdrawnOn
        ? ''
        : t(isInForce(standing, cost, today) ? 'costs.inForce' : 'costs.notInForce'),
      note: [cost.note, cost.source].filter(text => text).join(t('open.separator')),
      withdrawn: cost.withdrawnOn
        ? t('use.why.withdrawn', { day: cost.withdrawnOn, reason: cost.withdrawnReason })
        : null,
      edit: `/costs/${cost.id}/edit`,
      withdraw: `/costs/${cost.id}/withdraw`,
    }))
}
