import { expect, test } from 'vitest'
import { ceilingOf, isRiseOver, lastRise, risesOf } from '../../src/domain/rises.ts'
import type { Qualifier } from '../../src/domain/vocabulary.ts'
import { readingOf } from '../support/said-counts.ts'

/** `90`, `~90` about, `90+` at least; with `!` it is a recount. */
function said(...texts: string[]) {
  return texts.map((text, index) => {
    const qualifier: Qualifier = text.includes('+') ? 'at_least' : text.includes('~') ? 'about' : 'exact'
    const reading = readingOf(Number(text.replace(/[~+!]/g, '')), qualifier, `2026-01-0${index + 1}`)
    return { ...reading, reason: text.includes('!') ? ('recount' as const) : null }
  })
}
const rises = (...texts: string[]) => risesOf(said(...texts)).map(over => over?.count ?? null)

test('a rise is measured against the last count that bounds from above, over lower bounds in between', () => {
  expect(rises('90', '200+')).toEqual([null, 90])
  expect(rises('90', '80+', '200+')).toEqual([null, null, 90])
  expect(rises('90', '95+', '200')).toEqual([null, 90, null])
  expect(rises('~90', '80+', '70+', '200')).toEqual([null, null, null, 90])
  expect(rises('0', '0+', '5+')).toEqual([null, null, 0])
  expect(rises('90', '80', '85+')).toEqual([null, null, 80])
})

test('after a rise to a lower bound nobody can say that it rose again, until there is a count', () => {
  expect(rises('90', '300+', '350', '360')).toEqual([null, 90, null, 350])
  expect(ceilingOf(said('90', '300+', '310+'))).toBeNull()
  expect(rises('300+', '350')).toEqual([null, null])
})

test('a recount begins anew, with a count or with none that bounds from above', () => {
  expect(rises('90', '200!', '150')).toEqual([null, null, null])
  expect(rises('90', '80+!', '200')).toEqual([null, null, null])
  expect(rises('90', '60!', '50+', '70')).toEqual([null, null, null, 60])
})

test('the last rise is the day that is kept; without one there is none', () => {
  expect(lastRise(said('90', '80+', '200', '150'))?.day).toBe('2026-01-03')
  expect(lastRise(said('90', '80+', '85'))).toBeUndefined()
  expect(isRiseOver(readingOf(200), null)).toBe(false)
})
