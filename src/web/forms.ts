import type { Express } from 'express'
import { ChangedMeanwhile, InputRefused, NeedsConfirmation, type Question } from '../actions/refusal.ts'
import type { Context } from '../context.ts'
import type { Problem } from '../domain/problem.ts'
import { sayProblem, statusOf } from '../http/refusals.ts'
import { type CarriedInput, carriedFields, foundInputs } from './carried-fields.ts'
import { noticing } from './change-address.ts'
import { conflictAgain, conflictInputs } from './conflict-again.ts'
import { plain } from './conflict-sides.ts'
import { type Conflict, conflictOf } from './conflicts.ts'
import { toFieldView } from './field-view.ts'
import type { Form, Values } from './form.ts'
import { showInstead } from './instead.ts'
import { inAnotherLanguage } from './language-switch.ts'
import { notKept, type Trouble } from './not-kept.ts'
import { returnedTitle } from './returned-title.ts'
import { type TypedAgain, typedAgain } from './typed-again.ts'
import { type Answer, bodyOf, send, type ViewAnswer, type Visit, visitOf } from './visit.ts'

/** What the address proposes for a field, as `?evidence=...` of the page that led here. */
export function askedText({ request }: Visit, name: string): string | null {
  const asked = request.query[name]
  return typeof asked === 'string' ? asked : null
}

export type FormOf = (visit: Visit) => Promise<Form>

/** Registers a form: GET shows it, POST does it. `act` gives the address to go to. */
export function formRoute(app: Express, path: string, context: Context, formOf: FormOf): void {
  app.get(path, async (request, response) => {
    const visit = visitOf(context, request)
    const form = await formOf(visit)
    await send(
      visit,
      response,
      form.instead ? await showInstead(visit, form, form.instead) : showForm(visit, form, {}),
    )
  })
  app.post(path, async (request, response) => {
    const visit = visitOf(context, request)
    const switched = inAnotherLanguage(visit, response)
    const answer = switched ? await keepTyping(switched, formOf) : await takeForm(visit, formOf)
    await send(switched ?? visit, response, answer)
  })
}

/** The form as it was typed so far, or as it is where nothing was; nothing of it is done. */
async function keepTyping(visit: Visit, formOf: FormOf): Promise<Answer> {
  const form = await formOf(visit)
  const sent = sentIn(form, bodyOf(visit.request))
  const again = await conflictAgain(visit, form, sent.values)
  if (again) return showForm(visit, form, { ...sent, ...again, isSwitched: true })
  if (form.instead) return showInstead(visit, form, form.instead)
  return isTyped(form, sent)
    ? showForm(visit, form, { ...sent, isSwitched: true })
    : { redirect: visit.request.originalUrl }
}

function isTyped(
  { fields, values: given }: Form,
  { values, found }: { values: Values; found: Values },
): boolean {
  const before: Values = { ...given, ...found }
  return fields.some(({ name }) => plain(values[name]) !== plain(before[name]))
}

async function takeForm(visit: Visit, formOf: FormOf): Promise<Answer> {
  const body = bodyOf(visit.request)
  const noticed = noticing(visit)
  const form = await formOf(noticed.visit)
  const typed = typedFields(form, body)
  const sent = sentIn(form, body)
  try {
    return { redirect: noticed.addressOf(await form.act(typed)) }
  } catch (error) {
    const status = statusOf(error)
    if (error instanceof ChangedMeanwhile) {
      const current = await formOf(visit)
      const both = { typed, found: sent.found }
      const { alsoWrong: problems } = error
      const refused = problems.map(({ path }) => path)
      const { conflict, kept } = await conflictOf(visit, current, both, { ...error, refused })
      const carried = conflictInputs(current, both, error)
      return showForm(visit, current, { values: kept, problems, conflict, carried, status })
    }
    const refused = refusedParts(error)
    if (!refused)
      throw await notKept(visit, error, async trouble => showForm(visit, form, { ...sent, trouble }))
    if (form.instead) return showInstead(visit, form, form.instead)
    const again = await conflictAgain(visit, form, sent.values, refused.problems)
    return showForm(visit, form, { ...sent, ...refused, ...again, status })
  }
}

export type Refused = {
  problems?: readonly Problem[]
  questions?: readonly Question[]
}

export function refusedParts(error: unknown): Refused | null {
  if (error instanceof InputRefused) return { problems: error.problems }
  if (error instanceof NeedsConfirmation) return { questions: error.questions }
  return null
}

/** Only the form's own fields reach the action; a list arrives as one even when one box was ticked. */
function typedFields(form: Form, body: Record<string, unknown>): Record<string, unknown> {
  const typed: Record<string, unknown> = {}
  for (const { name, kind } of form.fields) {
    typed[name] = kind === 'many' ? [body[name] ?? []].flat() : body[name]
  }
  if (form.version !== undefined) typed.version = body.version
  if (body.answers !== undefined) typed.answers = [body.answers].flat()
  return typed
}

function sentIn(form: Form, body: Record<string, unknown>) {
  return {
    values: { ...typedFields(form, body), version: text(body.version) },
    found: carriedFields(form.fields, body, 'found.'),
  }
}

/** A form that comes back: what was typed, what it had been given with, and why it was not done. */
type Returned = Refused & {
  values?: Values
  found?: Values
  conflict?: Conflict
  /** What the form carries to tell of its conflict again. */
  carried?: readonly CarriedInput[]
  trouble?: Trouble
  /** Shown again only in another language: nobody has tried to do it. */
  isSwitched?: boolean
  status?: number
}

function showForm(visit: Visit, form: Form, returned: Returned): ViewAnswer {
  const { values = form.values, found = form.values, status = 200 } = returned
  const { t, language } = visit
  const problems = returned.problems ?? []
  const errors = problems.map(problem => ({ path: problem.path, text: sayProblem(t, language, problem) }))
  const fields = form.fields.map(field => toFieldView(t, field, values, errors))
  const it = {
    ...form,
    fields,
    version: values.version ?? form.version,
    errors: errors.map(({ path, text }) => {
      const field = fields.find(({ name }) => name === path)
      if (field) return { id: field.id, text: t('form.atField', { field: field.label, text }) }
      if (path !== 'version') return { id: null, text }
      return { id: null, text: t(errors.length > 1 ? 'conflict.noVersionNorMore' : 'conflict.noVersion') }
    }),
    questions: (returned.questions ?? []).map(question => ({
      text: sayProblem(t, language, question),
      answer: question.answer,
    })),
    conflict: returned.conflict ?? null,
    trouble: returned.trouble ?? null,
    isTyped: returned.values !== undefined,
    typed: returned.conflict && form.instead ? typedInto(visit, form) : null,
    isSwitched: returned.isSwitched ?? false,
    carried: [...(form.version === undefined ? [] : foundInputs(form, found)), ...(returned.carried ?? [])],
  }
  const isOther = Boolean(returned.conflict ?? returned.trouble)
  const title = returnedTitle(visit, form.heading, { ...returned, isOther })
  return { view: 'shared/form-page', title, section: form.section, it, status }
}

/** Where nothing is left to do, no field waits to be filled in: what was typed is shown, and kept for another language. */
function typedInto(visit: Visit, { fields }: Form): Pick<TypedAgain, 'shown' | 'sent'> | null {
  const again = typedAgain(visit, visit.request)
  return again && { ...again, sent: again.sent.filter(one => fields.some(({ name }) => name === one.name)) }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
