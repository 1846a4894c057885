import type { Problem } from '../domain/problem.ts'
import type { Noun } from '../store/nouns.ts'

/** Why an action was not done. Nothing was written. */

/** What was given is wrong: each problem names its field. */
export class InputRefused extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map(problem => `${problem.path}: ${problem.code}`).join('; '))
    this.problems = problems
  }
}

export class NotFound extends Error {
  readonly noun: Noun
  readonly key: string
  constructor(noun: Noun, key: string | number) {
    super(`no ${noun} ${key}`)
    this.noun = noun
    this.key = String(key)
  }
}

/** Somebody else changed the same thing meanwhile: `current` is what it is now, `alsoWrong` what would be refused all the same. */
export class ChangedMeanwhile extends Error {
  readonly noun: Noun
  readonly current: Readonly<Record<string, unknown>> & { version: number }
  readonly alsoWrong: readonly Problem[]
  constructor(
    noun: Noun,
    current: Readonly<Record<string, unknown>> & { version: number },
    alsoWrong: readonly Problem[] = [],
  ) {
    super(`${noun} was changed meanwhile`)
    this.noun = noun
    this.current = current
    this.alsoWrong = alsoWrong
  }
}

/** Something that may be a slip: it is done once every question has been answered. */
export class NeedsConfirmation extends Error {
  readonly questions: readonly Question[]
  constructor(questions: readonly Question[]) {
    super(questions.map(question => `${question.path}: ${question.code}`).join('; '))
    this.questions = questions
  }
}

/** `answer` has to come back with the same input; it names both values, so it confirms nothing else. */
export type Question = Problem & { answer: string }

/** All of them are asked again until all of them are answered. */
export function ask(questions: readonly Question[], answers: readonly string[]): void {
  if (questions.some(({ answer }) => !answers.includes(answer))) throw new NeedsConfirmation(questions)
}

/** A whole register can only be taken over by a database that holds none. */
export class DatabaseNotEmpty extends Error {
  constructor() {
    super('The database already holds a register. Import into a new one: nothing is ever overwritten.')
  }
}

/** Rows that contradict one another in a way that only the database sees. */
export class RowsRefused extends Error {
  constructor(table: string, rows: readonly { id: number }[], cause: Error) {
    const ids = `id ${rows[0]?.id} to ${rows.at(-1)?.id}`
    super(`${table}, ${ids}: the database refuses them: ${cause.message}`, { cause })
  }
}
