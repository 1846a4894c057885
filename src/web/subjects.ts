import { NotFound } from '../actions/refusal.ts'
import type { WithdrawableNoun } from '../actions/withdrawals.ts'
import { isWaived } from '../domain/gates.ts'
import { servicePath, systemPath } from '../http/addresses.ts'
import { sayMonthly, sayName, sayNumber } from '../http/words.ts'
import { findPlace, findThing, type Place } from '../store/places.ts'
import type { Form } from './form.ts'
import type { Section, Visit } from './visit.ts'
import { whyKept, whyNotWaived, whyWithdrawn } from './withdrawn.ts'

/** What a form about one thing has to know of it: its name with that of its owner, and where it is shown. */
export type Subject = Pick<Form, 'instead'> & {
  label: string
  back: string
  section: Section
  version: number
  waiver: { waivedBy: string | null; waiverReason: string | null; waivedUntil: string | null } | null
  isWaived: boolean
  /** Why it is not waived, although it may be withdrawn. */
  unwaivable: Form['instead']
}

/** Throws NotFound when there is no such thing. */
export async function findSubject(visit: Visit, noun: WithdrawableNoun, id: number): Promise<Subject> {
  const row = await findThing(visit.context.db, noun, id)
  if (!row) throw new NotFound(noun, id)
  const place =
    'providerId' in row
      ? await findPlace(visit.context.db, { serviceId: row.providerId })
      : await findPlace(visit.context.db, { serviceId: null, ...row })
  if (!place) throw new NotFound(noun, id)
  return {
    label: await labelOf(visit, row, place),
    back: place.kind === 'system' ? systemPath(place.key) : servicePath(place.key),
    section: place.kind === 'system' ? 'overview' : 'services',
    version: row.version,
    waiver: 'waivedBy' in row ? row : null,
    isWaived: 'waivedBy' in row && isWaived(row, visit.today),
    unwaivable: 'evidence' in row ? whyNotWaived(visit.t, row, visit.today).instead : undefined,
    ...('toStatus' in row ? whyKept(visit.t, row) : whyWithdrawn(visit.t, row)),
  }
}

type Thing = NonNullable<Awaited<ReturnType<typeof findThing<WithdrawableNoun>>>>

async function labelOf({ t, language, context, today }: Visit, row: Thing, place: Place): Promise<string> {
  const owner = sayName(language, place)
  if ('consumerId' in row) {
    const consumer = await findPlace(context.db, { serviceId: row.consumerId })
    return `${consumer?.key} → ${place.key}`
  }
  if ('providerId' in row) return `${row.name} → ${place.key}`
  if ('evidence' in row) return `${owner} / ${sayName(language, row)}`
  if ('title' in row)
    return `${owner} / ${row.day} ${row.day > today ? t('event.plannedOf', row) : row.title}`
  return `${owner} / ${t(`costKind.${row.kind}`)} ${amountOf()}`

  function amountOf(): string {
    if ('personMonths' in row && row.personMonths !== null)
      return t('withdrawal.personMonths', {
        count: row.personMonths,
        number: sayNumber(language, row.personMonths),
      })
    if (!('amountFen' in row) || row.amountFen === null) return t('money.unknown')
    return sayMonthly(t, language, [{ fen: row.amountFen, currency: row.currency ?? '' }])
  }
}
