import { keepPlan } from '../actions/plans.ts'
import { InputRefused, NeedsConfirmation } from '../actions/refusal.ts'
import { type Context, today } from '../context.ts'
import type { Problem } from '../domain/problem.ts'
import { judge } from '../domain/shutdown/judge.ts'
import { comparePlan } from '../domain/shutdown/plan.ts'
import { parseLandscape } from '../exchange/landscape-json.ts'
import type { Plan } from '../store/nouns.ts'
import { findWholePlan, listPlans } from '../store/plans.ts'
import { listOverridden } from '../store/services.ts'
import { BadInput } from './bad-input.ts'
import { loadToday } from './landscape.ts'
import type { Open } from './opened.ts'
import { print } from './output.ts'

/** `plans`: those that were kept, the newest first: number, day, name, by whom, and whether it was withdrawn. */
export async function printPlans({ json }: { json?: true }, open: Open): Promise<void> {
  const plans = await open.existing(({ db }) => listPlans(db))
  await print(json ? [jsonText(plans)] : plans.map(lineOf))
}

/** `plan NAME`: the plan against what became of it, as JSON; NAME is its name, or its number. */
export async function printPlan(name: string, open: Open): Promise<void> {
  await open.existing(async context => {
    const plan = pick(await listPlans(context.db), name)
    const kept = await findWholePlan(context.db, plan.id)
    const then = parseLandscape(kept!.landscape).landscape
    const now = judge(await loadToday(context), today(context))
    const { rows, added, settings } = comparePlan(then, plan.madeOn, now)
    const overridden = await listOverridden(context.db)
    const told = rows.map(row => ({ ...row, override: overridden.get(row.service) ?? null }))
    const compared = {
      asOf: now.today,
      rows: told,
      added,
      settings: { whenKept: settings[0], now: settings[1] },
    }
    await print([jsonText({ ...plan, ...compared })])
  })
}

/** `plan --keep NAME`: keeps the plan of today under that name. Its number is the output, a sentence goes beside it. */
export async function keepToday(name: string, note: string | undefined, open: Open): Promise<void> {
  const id = await open.existing(context => keep(context, name, note))
  console.error(`Kept the plan of today; "plan ${id}" compares it with what becomes of it. Its number:`)
  await print([`${id}\n`])
}

async function keep(context: Context, name: string, note: string | undefined): Promise<number> {
  try {
    return await keepPlan(context, { name, note })
  } catch (error) {
    if (error instanceof NeedsConfirmation)
      return keepPlan(context, { name, note, answers: answersTo(error) })
    if (!(error instanceof InputRefused)) throw error
    throw new BadInput(error.problems.map(sayTrouble).join('; '))
  }
}

/** Nobody sits before a timer to be asked whether a second plan of that name is meant. */
function answersTo({ questions }: NeedsConfirmation): string[] {
  return questions.map(({ answer }) => answer)
}

function sayTrouble({ path, code }: Problem): string {
  return [...(path ? [path] : []), TROUBLES[code] ?? code].join(' ')
}

const TROUBLES: Record<string, string> = {
  'plan.too_large':
    'The landscape of today is too large to be kept; the command "landscape" writes it into a file',
  'input.missing': 'is empty',
  'input.too_long': 'is too long: a name has at most 200 characters, a note 4000',
  'input.control_character': 'has control characters in it',
  'input.invisible_character': 'has invisible characters in it',
}

/** A name goes before a number: a plan may be called 2026. Of several that a timer kept under one name, the newest. */
function pick(plans: readonly Plan[], name: string): Plan {
  const named = plans.filter(plan => plan.name === name.trim())
  const [plan = plans.find(({ id }) => String(id) === name), ...others] = standingFirst(named)
  if (others.length > 0) {
    const numbers = others.map(({ id }) => id).join(', ')
    console.error(
      `"${name}" is the name of ${named.length} plans: this is number ${plan!.id}; also ${numbers}`,
    )
  }
  if (!plan) throw new BadInput(`No plan is called "${name}", and none has that number; "plans" lists them`)
  return plan
}

function standingFirst(newestFirst: readonly Plan[]): Plan[] {
  return [...newestFirst].sort((a, b) => Number(a.withdrawnOn !== null) - Number(b.withdrawnOn !== null))
}

function lineOf({ id, madeOn, name, madeBy, withdrawnOn }: Plan): string {
  const end = withdrawnOn ? [`withdrawn ${withdrawnOn}`] : []
  return `${[id, madeOn, name, madeBy, ...end].join('\t')}\n`
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
