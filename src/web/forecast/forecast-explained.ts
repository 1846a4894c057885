import { STRAIGHT_LINE_MET } from '../../domain/forecast/constants.ts'
import type { Widening } from '../../domain/forecast/widening.ts'
import { sayNumber } from '../../http/words.ts'
import type { Visit } from '../visit.ts'

/** What each number of a forecast means, once, where it stands. */
export function explainForecast(
  { t, language }: Visit,
  widening: Widening,
): { term: string; text: string }[] {
  const values = {
    count: widening.residuals,
    number: sayNumber(language, widening.residuals),
    factor: sayNumber(language, widening.factor),
    percent: Math.round(100 * STRAIGHT_LINE_MET),
  }
  return [
    ...EXPLAINED.map(name => ({
      term: t(`forecast.explain.${name}.term`),
      text: t(`forecast.explain.${name}.text`, values),
    })),
    {
      term: t('forecast.explain.record.term'),
      text: t(`forecast.explain.record.${widening.kind}`, values),
    },
  ]
}

const EXPLAINED = ['target', 'within', 'p50', 'p85', 'whole', 'pace'] as const
