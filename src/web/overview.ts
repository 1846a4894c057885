import type { Answer, Visit } from './visit.ts'

export async function overview({ t }: Visit): Promise<Answer> {
  return { view: 'overview/index', title: t('nav.overview'), section: 'overview', it: {} }
}
