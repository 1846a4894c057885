import type { Visit } from './visit.ts'

type Returned = { problems?: readonly unknown[]; questions?: readonly unknown[]; isOther?: boolean }

/** The title of a page that comes back: a window, a tab and a screen reader say first that nothing was kept yet. */
export function returnedTitle(
  { t }: Visit,
  title: string,
  { problems = [], questions = [], isOther = false }: Returned,
): string {
  if (problems.length > 0) return t('form.titleOfErrors', { title })
  if (questions.length > 0) return t('form.titleOfQuestions', { title })
  return isOther ? t('form.titleOfTrouble', { title }) : title
}
