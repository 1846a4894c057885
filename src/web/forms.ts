import type { Express } from 'express'
import { ChangedMeanwhile, InputRefused, NeedsConfirmation, type Question } from '../actions/refusal.ts'
import type { Context } from '../context.ts'
import type { Problem } from '../domain/problem.ts'
import type { Translate } from '../http/languages.ts'
import { sayProblem, statusOf } from '../http/refusals.ts'
import { type Answer, type Section, send, type Visit, visitOf } from './visit.ts'

/** One field of a form. Its label is `field.NAME`; codes are labelled `LABELS.CODE`. */
export type Field = {
  name: string
  kind: 'text' | 'long' | 'day' | 'count' | 'choice' | 'many'
  isRequired?: boolean
  /** Key of a sentence of help. */
  hint?: string
  /** What a choice offers. */
  options?: readonly Option[]
  /** What a text field suggests. */
  list?: readonly Option[]
  /** The column that the field decides, where that has another name, and how its codes are called. */
  decides?: { column: string; options?: readonly Option[] }
}
export type Option = { value: string; label: string }
type Values = Readonly<Record<string, unknown>>

/** What a choice between the codes of a closed set offers. */
export function codes(t: Translate, labels: string, set: readonly string[]): Option[] {
  return set.map(value => ({ value, label: t(`${labels}.${value}`) }))
}

/** A form that is shown, sent to its own address, and shown again with everything typed when it is refused. */
export type Form = {
  heading: string
  /** What the form is about, in a sentence under the heading. */
  about?: string
  /** What to know before deciding, a sentence each. */
  notes?: readonly string[]
  submit: string
  /** Where to go back to without a change. */
  back: string
  section?: Section
  fields: readonly Field[]
  values: Values
  version?: number
  act: (typed: Record<string, unknown>) => Promise<string>
}

/** What the address proposes for a field, as `?evidence=...` of the page that led here. */
export function askedText({ request }: Visit, name: string): string | null {
  const asked = request.query[name]
  return typeof asked === 'string' ? asked : null
}

type FormOf = (visit: Visit) => Promise<Form>

/** Registers a form: GET shows it, POST does it. `act` gives the address to go to. */
export function formRoute(app: Express, path: string, context: Context, formOf: FormOf): void {
  app.get(path, async (request, response) => {
    const visit = visitOf(context, request)
    const form = await formOf(visit)
    await send(visit, response, showForm(visit, form, form.values, {}))
  })
  app.post(path, async (request, response) => {
    const visit = visitOf(context, request)
    await send(visit, response, await takeForm(visit, await formOf(visit)))
  })
}

async function takeForm(visit: Visit, form: Form): Promise<Answer> {
  const body = bodyOf(visit.request)
  const typed = typedFields(form, body)
  try {
    return { redirect: await form.act(typed) }
  } catch (error) {
    const refused = refusedParts(error)
    if (!refused) throw error
    const kept = {
      ...(typed as Values),
      version: refused.current ? refused.current.version : text(body.version),
    }
    return showForm(visit, form, kept, refused, statusOf(error))
  }
}

export type Refused = {
  problems?: readonly Problem[]
  questions?: readonly Question[]
  current?: Readonly<Record<string, unknown>> & { version: number }
}

export function refusedParts(error: unknown): Refused | null {
  if (error instanceof InputRefused) return { problems: error.problems }
  if (error instanceof NeedsConfirmation) return { questions: error.questions }
  if (error instanceof ChangedMeanwhile) return { current: error.current }
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

export function bodyOf(request: Visit['request']): Record<string, unknown> {
  return (request.body ?? {}) as Record<string, unknown>
}

function showForm(visit: Visit, form: Form, values: Values, refused: Refused, status = 200): Answer {
  const { t } = visit
  const problems = refused.problems ?? []
  const errors = problems.map(problem => ({ path: problem.path, text: sayProblem(t, problem) }))
  const fields = form.fields.map(field => toFieldView(t, field, values, errors))
  const it = {
    ...form,
    fields,
    version: values.version ?? form.version,
    errors: errors.map(({ path, text }) => {
      const field = fields.find(({ name }) => name === path)
      return field
        ? { id: field.id, text: t('form.atField', { field: field.label, text }) }
        : { id: null, text }
    }),
    questions: (refused.questions ?? []).map(question => ({
      text: sayProblem(t, question),
      answer: question.answer,
    })),
    conflict: refused.current ? conflictRows(t, form, values, refused.current) : null,
  }
  return { view: 'shared/form-page', title: form.heading, section: form.section, it, status }
}

function toFieldView(
  t: Translate,
  field: Field,
  values: Values,
  errors: readonly { path: string; text: string }[],
) {
  const value = values[field.name] ?? ''
  const id = `f-${field.name}`
  const chosen = [value].flat().map(String)
  const own = errors.filter(({ path }) => path === field.name || path.startsWith(`${field.name}.`))
  return {
    ...field,
    id,
    label: t(`field.${field.name}`),
    hint: field.hint ? t(field.hint) : null,
    value,
    options: field.options?.map(option => ({ ...option, isChosen: chosen.includes(option.value) })),
    error: own.map(({ text }) => text).join(' '),
    describedBy: [field.hint ? `${id}-hint` : '', own.length > 0 ? `${id}-error` : ''].join(' ').trim(),
  }
}

/** Where the other person's value and the typed one differ, field by field; the form was read after the change. */
function conflictRows(t: Translate, form: Form, typed: Values, current: Readonly<Record<string, unknown>>) {
  return form.fields.flatMap(field => {
    const { name, decides } = field
    if (!((decides?.column ?? name) in current)) return []
    const theirs = decides ? current[decides.column] : form.values[name]
    if (plain(theirs) === plain(typed[name])) return []
    return [{ label: t(`field.${name}`), theirs: labelOf(field, theirs), yours: labelOf(field, typed[name]) }]
  })
}

function labelOf({ options, decides }: Field, value: unknown): string {
  const text = plain(value)
  return (decides?.options ?? options)?.find(option => option.value === text)?.label ?? text
}

function plain(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
