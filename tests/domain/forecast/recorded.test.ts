import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { addDays } from '../../../src/domain/calendar.ts'
import type { CountReading } from '../../../src/domain/forecast/history.ts'
import { chanceToReach, countAfter, daysToReach, expectedAfter } from '../../../src/domain/forecast/law.ts'
import { CHANGE_REASONS, QUALIFIERS } from '../../../src/domain/vocabulary.ts'
import { forecast, reading, TODAY } from './cast.ts'

/** What was said before the forecast was made faster: every number, to the last bit. */
test('a faster forecast says the same', async () => {
  const said = Array.from({ length: 200 }, (_, index) => digestOf(seriesOf(index)))
  await expect(`${said.join('\n')}\n`).toMatchFileSnapshot('recorded.txt')
})

type Series = { readings: CountReading[]; declaredPerMonth: number | null; widening: number }

function digestOf({ readings, ...terms }: Series): string {
  const made = forecast(readings, terms)
  const numbers =
    made.kind === 'unknown'
      ? []
      : [30, 90, 365].flatMap(days => [
          chanceToReach(made.law, 0, days),
          expectedAfter(made.law, days),
          ...[0.1, 0.5, 0.85].flatMap(prob => [
            countAfter(made.law, days, prob),
            daysToReach(made.law, made.law.count >> 1, prob),
          ]),
        ])
  const digest = createHash('sha256')
    .update(JSON.stringify([made, numbers]))
    .digest('hex')
  return `${digest.slice(0, 16)} ${readings.length} readings: ${made.kind}`
}

/** Daily, weekly and rare counts that fall, stand, jump or rise; some rough, declared or explained. */
function seriesOf(index: number): Series {
  const next = randomFrom(index)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!
  const gap = pick([1, 1, 3, 7, 30, 200])
  const [fall, rough] = [pick([0, 0.002, 0.01, 0.05]), pick([0, 0, 0.1])]
  const readings: CountReading[] = []
  let left = Math.round(10 ** (1 + 7 * next()))
  for (let ago = gap * Math.floor(1 + 220 * next()); ago >= 0; ago -= Math.ceil(gap * (0.5 + next()))) {
    left = Math.max(
      next() < 0.02 ? 0 : 1,
      Math.round(left * (1 - fall * gap * next()) + (next() < 0.03 ? 3 : 0)),
    )
    const isRough = next() < rough
    readings.push(
      reading(addDays(TODAY, -ago), left, {
        qualifier: isRough ? pick(QUALIFIERS) : 'exact',
        reason: isRough ? pick(CHANGE_REASONS) : null,
      }),
    )
  }
  return { readings, declaredPerMonth: pick([null, null, 0, 12.5]), widening: pick([1, 1, 1.3]) }
}

/** Mulberry32: the same numbers on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}
