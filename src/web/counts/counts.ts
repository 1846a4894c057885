import { STATUSES } from '../../domain/vocabulary.ts'
import { pageWith } from '../../http/addresses.ts'
import { sayName, sayNumber } from '../../http/words.ts'
import { countRound, findRoundResiduals, listRound, type RoundFilter } from '../../store/round.ts'
import { codes, type Option } from '../form.ts'
import { sayIgnored } from '../ignored.ts'
import { pagesOf } from '../pages.ts'
import type { ViewAnswer, Visit } from '../visit.ts'
import { type AskedRound, askedRound, READINGS } from './asked-round.ts'
import { doneOf } from './done.ts'
import type { SentRound } from './round.ts'
import { roundForecasts } from './round-forecast.ts'
import { toRoundForm } from './round-form.ts'

const PAGE_SIZE = 50

/** The round: every open residual that is to be counted, each with a field for its new count. */
export async function counts(visit: Visit, sent: SentRound | null): Promise<ViewAnswer> {
  const { context, t, language } = visit
  const { asked, filter, owners, system, understood } = await askedRound(visit)
  const found = await countRound(context.db, filter)
  const pages = pagesOf(visit.request.query.page, found.residuals, PAGE_SIZE, page =>
    pageWith('/counts', { ...asked, page }),
  )
  const residuals = sent
    ? await findRoundResiduals(context.db, [...sent.typed.keys()])
    : await listRound(context.db, filter, { limit: PAGE_SIZE, offset: pages.offset })
  const number = (count: number) => sayNumber(language, count)
  const isSet = Object.values(asked).some(value => value)
  const it = {
    done: sent ? null : await doneOf(visit),
    headline: t(headlineOf({ ...found, isSet }), {
      count: found.residuals,
      residuals: number(found.residuals),
      uncounted: number(found.uncounted),
    }),
    elsewhere: await elsewhereOf(visit, filter, asked),
    filter: {
      ...asked,
      isSet,
      isSetBeside: Object.entries(asked).some(([name, value]) => value && name !== 'system'),
      ignored: sayIgnored(visit, understood),
      systemName: system ? sayName(language, system) : asked.system,
      withoutSystem: pageWith('/counts', { ...asked, system: '' }),
      choices: [
        choice(
          t('round.owner'),
          'owner',
          asked.owner,
          owners.map(owner => ({ value: owner, label: owner })),
        ),
        choice(t('round.status'), 'status', asked.status, codes(t, 'status', STATUSES)),
        choice(t('round.readings'), 'readings', asked.readings, codes(t, 'round', READINGS)),
      ],
    },
    round: await toRoundForm(visit, residuals, sent, 'with-system', await roundForecasts(visit, residuals)),
    pages,
    file: pageWith('/counts.csv', asked),
  }
  return { view: 'counts/index', title: t('round.title'), section: 'counts', it }
}

/** `isSet`: whether there is a filter. */
type Found = { residuals: number; uncounted: number; isSet: boolean }

/** What a filter leaves out is not said to be absent. */
function headlineOf({ residuals, uncounted, isSet }: Found): string {
  if (residuals === 0) return isSet ? 'round.emptyFiltered' : 'round.headlineNone'
  return uncounted > 0 ? 'round.headline' : 'round.headlineAll'
}

/**
 * Where the rest is: of retired systems what was never counted, as on the overview, and all that is left in systems
 * whose retirement is cancelled, which nobody has to count.
 */
async function elsewhereOf({ context, t }: Visit, filter: RoundFilter, asked: AskedRound) {
  if (filter.status || filter.systemId !== undefined) return []
  const retired = await countRound(context.db, { ...filter, status: 'retired' })
  const staying = await countRound(context.db, { ...filter, status: 'cancelled' })
  const at = (settings: object) => pageWith('/counts', { ...asked, ...settings })
  return [
    {
      count: retired.uncounted,
      text: t('round.retired', { count: retired.uncounted }),
      href: at({ status: 'retired', readings: 'uncounted' }),
    },
    {
      count: staying.residuals,
      text: t('round.staying', { count: staying.residuals }),
      href: at({ status: 'cancelled' }),
    },
  ].filter(({ count }) => count > 0)
}

function choice(label: string, name: string, chosen: string | undefined, options: Option[]) {
  return { label, name, options: options.map(one => ({ ...one, isChosen: one.value === chosen })) }
}
