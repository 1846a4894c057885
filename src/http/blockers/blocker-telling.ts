import type { Judgement } from '../../domain/shutdown/judge.ts'
import type { BlockerDetails } from '../../store/blocker-details.ts'
import type { Language, Translate } from '../languages.ts'

export type NextStep = { text: string; href: string }

/** What each kind of blocker has to tell; `date` where that is more than the day of its end, `name` where the text tells a story. */
export type Said = { text: string; name?: string; owner: string | null; next: NextStep; date?: string }
export type Telling = { t: Translate; language: Language; details: BlockerDetails; judgement: Judgement }
