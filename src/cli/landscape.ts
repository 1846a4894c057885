import { asOfOneMoment } from '../actions/action.ts'
import { type Context, today, usualDays } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import type { Landscape } from '../domain/landscape.ts'
import { type Lapse, listLapses } from '../domain/lapses.ts'
import { judge } from '../domain/shutdown/judge.ts'
import { lapsingOf } from '../domain/shutdown/lapses.ts'
import { landscapeDot, type NameOf } from '../exchange/dot.ts'
import { landscapeJson } from '../exchange/landscape-json.ts'
import { landscapeMermaid, MOST_CHARACTERS, MOST_EDGES } from '../exchange/mermaid.ts'
import { planCsv } from '../exchange/plan-csv.ts'
import { loadEstateOutlook } from '../store/estate-forecasts.ts'
import { readLandscape } from '../store/landscape.ts'
import { type CostsBeside, costsBeside } from '../store/landscape-rows.ts'
import { listSystemNames } from '../store/systems.ts'
import { BadInput } from './bad-input.ts'
import type { Open } from './opened.ts'
import { print } from './output.ts'

/** `landscape`: what the shutdown pages judge today, in the format that `analyze` reads, or drawn or listed. */
export async function printLandscape(format: string, open: Open): Promise<void> {
  const write = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined
  if (!write) throw new BadInput(`--format: ${format} is none of ${Object.keys(FORMATS).join(', ')}`)
  await open.existing(async context => {
    const read = await readToday(context)
    if (format === 'json') sayLeftOut(read)
    await print(write(read, today(context)))
  })
}

/** The format has one number for a cost. */
function sayLeftOut({ currencies: [currency, ...others] }: CostsBeside) {
  if (others.length > 0)
    console.error(`Costs are in ${currency}; what services cost in ${others.join(', ')} is left out.`)
}

type Today = CostsBeside & {
  landscape: Landscape
  nameOf: NameOf
  lapses: Lapse[]
}

const FORMATS: Record<string, (read: Today, day: Day) => Iterable<string>> = {
  json: ({ landscape }, day) => [`${landscapeJson(landscape, day)}\n`],
  dot: ({ landscape, nameOf }, day) => landscapeDot(judge(landscape, day), nameOf),
  csv: (read, day) => [planText(read, day)],
  mmd: ({ landscape, nameOf }, day) => [mermaidText(landscape, nameOf, day)],
}

const WORDS = { column: String, verdict: String, when: String, known: String, system: String }

/** The register of today with all its forecasts. */
export async function loadToday(context: Context): Promise<Landscape> {
  return (await readToday(context)).landscape
}

async function readToday(context: Context): Promise<Today> {
  const days = usualDays(context)
  const day = today(context)
  return asOfOneMoment(context, async db => {
    const outlooks = await loadEstateOutlook(db, day)
    const { landscape, rows } = await readLandscape(db, day, days, { outlooks, isComplete: true })
    const systems = await listSystemNames(db, Number.MAX_SAFE_INTEGER)
    const names = new Map(systems.map(({ key, name }) => [key, name]))
    return {
      landscape,
      ...costsBeside(rows),
      nameOf: key => names.get(key) ?? key,
      lapses: listLapses(rows, landscape, day),
    }
  })
}

function planText({ landscape, lapses, ...costs }: Today, day: Day): string {
  const judgement = judge(landscape, day)
  const lapsing = lapsingOf(judgement, lapses)
  const lapsesOn = (service: string) => lapsing.get(service)?.[0]?.until ?? null
  const blocker = (number: number) => judgement.holds.blockers[number]!.id
  return planCsv(judgement, { ...costs, lapsesOn }, { ...WORDS, blocker })
}

function mermaidText(landscape: Landscape, nameOf: NameOf, day: Day): string {
  const picture = landscapeMermaid(judge(landscape, day), nameOf)
  if (picture.kind !== 'refused') return picture.text
  const { edges, characters } = picture
  throw new BadInput(
    `Too large for Mermaid, which draws ${MOST_EDGES} arrows and ${MOST_CHARACTERS} characters: ` +
      `one box for each system has ${edges} and ${characters}. Take another format.`,
  )
}
