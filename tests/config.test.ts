import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { startOfDay, today } from '../src/context.ts'

test.each([
  ['Asia/Kolkata', '2026-04-01'],
  ['Asia/Ho_Chi_Minh', '2026-04-01'],
  ['Etc/UTC', '2026-03-31'],
  ['GMT', '2026-03-31'],
  ['US/Pacific', '2026-03-31'],
  ['Etc/GMT-8', '2026-04-01'],
])('a zone goes by every name it has, as %s', (zone, day) => {
  const config = readConfig({ TIME_ZONE: zone })
  const context = { config, now: () => new Date('2026-03-31T19:00:00Z') }
  expect([config.TIME_ZONE, today(context)]).toEqual([zone, day])
  expect(startOfDay(context, '2026-03-31')).toMatch(/Z$/)
})

test.each(['Mars', '+08:00', '2026-03-31[Asia/Shanghai]', 'Asia/Shanghai; '])(
  '%j is no zone by its name',
  zone => expect(() => readConfig({ TIME_ZONE: zone })).toThrow('is no time zone known here'),
)
