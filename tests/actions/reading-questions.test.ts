import { describe, expect, test } from 'vitest'
import { recordReadings } from '../../src/actions/readings.ts'
import { listReadings } from '../../src/store/readings.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addCounted, type Counted, count, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

describe.each(databases)('on $name', ({ open }) => {
  const counted = async (...readings: Counted[]) =>
    addCounted(contextOn('2026-03-31', await open()), readings)

  test.each([
    ['a rise', '120', ['rise']],
    ['a fall to zero', '0', ['zero']],
    ['a jump', '1000', ['rise', 'jump']],
    ['a great fall', '10', ['jump']],
  ])('%s is asked back, and kept once answered for this very count', async (_name, text, codes) => {
    const { context, id, db } = await counted(['2026-02-28', '100'])
    const before = await readRevision(db)
    const round = { day: '2026-03-31', counts: { [id]: { count: text } } }
    const refused = await recordReadings(context, round).catch(error => error)
    expect(refused.questions.map((question: { code: string }) => question.code)).toEqual(
      codes.map(code => `reading.${code}`),
    )
    expect(await readRevision(db)).toBe(before)
    const answers = refused.questions.map((question: { answer: string }) => question.answer)
    const other = { day: '2026-03-31', counts: { [id]: { count: '2000' } }, answers }
    expect(await refusalOf(recordReadings(context, other))).not.toEqual([])
    expect(await recordReadings(context, { ...round, answers })).toHaveLength(1)
  })

  test('a correction upwards is asked about with the count in force, whatever the day before had', async () => {
    const { context, id } = await counted(['2026-02-28', '54'], ['2026-03-31', '50'])
    for (const [text, code] of [
      ['53', 'reading.corrected_up'],
      ['60', 'reading.rise'],
      ['60+', 'reading.rise'],
    ] as const) {
      const round = { day: '2026-03-31', counts: { [id]: { count: text } } }
      const refused = await recordReadings(context, round).catch(error => error)
      expect(refused.questions).toMatchObject([{ code, values: { from: 50 } }])
    }
    const earlier = { day: '2026-02-28', counts: { [id]: { count: '70' } } }
    const refused = await recordReadings(context, earlier).catch(error => error)
    expect(refused.questions).toMatchObject([
      { code: 'reading.corrected_alone', values: { from: 54, later: 50 } },
    ])
  })

  test('the fifth equal count in a row is asked back', async () => {
    const months = ['2025-11-30', '2025-12-31', '2026-01-31', '2026-02-28'] as const
    const { context, id } = await counted(...months.map(day => [day, '54'] as [string, string]))
    const round = { day: '2026-03-31', counts: { [id]: { count: '54' } } }
    expect(await refusalOf(recordReadings(context, round))).toEqual([`counts.${id}.count: reading.repeat`])
  })

  test('a count before a later one says so when it is asked about', async () => {
    const { context, id } = await counted(['2026-01-31', '54'], ['2026-03-31', '53'])
    const round = { day: '2026-02-28', counts: { [id]: { count: '0' } } }
    const refused = await recordReadings(context, round).catch(error => error)
    expect(refused.questions[0].values).toMatchObject({ from: 54, later: 53, laterDay: '2026-03-31' })
  })

  test('a count of an earlier day that makes a rise of the next one is asked back with both', async () => {
    const { context, id } = await counted(['2026-01-31', '127'], ['2026-03-31', '120'])
    const round = { day: '2026-02-28', counts: { [id]: { count: '40' } } }
    const refused = await recordReadings(context, round).catch(error => error)
    expect(refused.questions).toMatchObject([
      {
        code: 'reading.next_rises',
        values: { to: 40, toDay: '2026-02-28', next: 120, nextDay: '2026-03-31' },
      },
    ])
    const answers = [refused.questions[0].answer]
    expect(await recordReadings(context, { ...round, answers })).toHaveLength(1)
  })

  test.each([
    ['95', '90'],
    ['90+', '90'],
  ])('%s that somebody else entered meanwhile is asked back before %s', async (theirs, mine) => {
    const { context, id, db } = await counted(['2026-02-28', '100'])
    const [seen] = await listReadings(db, id, 1)
    await count(context, id, '2026-03-31', theirs)
    const round = { day: '2026-03-31', counts: { [id]: { count: mine, seen: String(seen!.id) } } }
    const asked = await refusalOf(recordReadings(context, round))
    expect(asked).toContain(`counts.${id}.count: reading.changed_meanwhile`)
    expect(await listReadings(db, id, 1)).toMatchObject([{ count: Number.parseInt(theirs, 10) }])
  })
})
