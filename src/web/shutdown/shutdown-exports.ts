import { landscapeDot } from '../../exchange/dot.ts'
import { landscapeJson } from '../../exchange/landscape-json.ts'
import { landscapeMermaid, MOST_CHARACTERS, MOST_EDGES } from '../../exchange/mermaid.ts'
import { type PlanWords, planCsv } from '../../exchange/plan-csv.ts'
import { sayAllBlockers } from '../../http/blockers/blocker-words.ts'
import { judgedFor } from '../../http/judged.ts'
import { firstLapse, lapsingFor } from '../../http/lapses.ts'
import { sayName, sayNumber } from '../../http/words.ts'
import { listSystemNames } from '../../store/systems.ts'
import type { Answer, Visit } from '../visit.ts'
import { sayMoment } from '../when-words.ts'

/** The judged landscape as a file: for Graphviz, for Mermaid, for a spreadsheet, and for `analyze`. */

export async function exportDot(visit: Visit): Promise<Answer> {
  const { judgement } = await judgedFor(visit)
  return fileOf(
    visit,
    'dot',
    'text/vnd.graphviz; charset=utf-8',
    [...landscapeDot(judgement, await systemNames(visit))].join(''),
  )
}

export async function exportCsv(visit: Visit): Promise<Answer> {
  const { t } = visit
  const { judgement, knownCosts, currencies } = await judgedFor(visit)
  const lapsing = await lapsingFor(visit)
  const blockers = await sayAllBlockers(visit, judgement.holds.blockers)
  const words: PlanWords = {
    column: column => t(`plan.column.${column}`),
    verdict: verdict => t(`verdict.${verdict}`),
    when: when => sayMoment(t, when).text,
    known: known => t(`plan.known.${known}`),
    system: await systemNames(visit),
    blocker: (number, verdict) =>
      verdict === 'KEEP' && number === judgement.holds.permanent
        ? t('services.stays')
        : blockers[number]!.text,
  }
  const facts = {
    knownCosts,
    currencies,
    lapsesOn: (key: string) => firstLapse(lapsing, [key]),
  }
  const text = planCsv(judgement, facts, words)
  return fileOf(visit, 'csv', 'text/csv; charset=utf-8', text)
}

export async function exportJson(visit: Visit): Promise<Answer> {
  const { landscape, today } = await judgedFor(visit)
  return fileOf(visit, 'json', 'application/json', `${landscapeJson(landscape, today)}\n`)
}

/** Too large even for one box a system, it is refused with the two measures that decide. */
export async function exportMermaid(visit: Visit): Promise<Answer> {
  const { t, language } = visit
  const { judgement } = await judgedFor(visit)
  const picture = landscapeMermaid(judgement, await systemNames(visit))
  if (picture.kind !== 'refused') return fileOf(visit, 'mmd', 'text/plain; charset=utf-8', picture.text)
  const title = t('plan.tooLarge.title')
  const number = (count: number) => sayNumber(language, count)
  const text = t('plan.tooLarge.text', {
    edges: number(picture.edges),
    characters: number(picture.characters),
    mostEdges: number(MOST_EDGES),
    mostCharacters: number(MOST_CHARACTERS),
  })
  const it = { title, text, links: exportLinks(visit).filter(({ format }) => format !== 'mmd') }
  return { view: 'shutdown/refused-export', title, section: 'shutdown', it, status: 422 }
}

/** A file may name every system. */
async function systemNames({ context, language }: Visit): Promise<(key: string) => string> {
  const systems = await listSystemNames(context.db, Number.MAX_SAFE_INTEGER)
  const names = new Map(systems.map(system => [system.key, sayName(language, system)]))
  return key => names.get(key) ?? key
}

/** The four files, for a line of links. */
export function exportLinks({ t }: Pick<Visit, 't'>) {
  return (['csv', 'json', 'dot', 'mmd'] as const).map(format => ({
    format,
    href: `/shutdown/export.${format}`,
    label: t(`plan.format.${format}`),
  }))
}

function fileOf({ today }: Visit, ending: string, type: string, text: string): Answer {
  return { file: `shutdown-${today}.${ending}`, type, text }
}
