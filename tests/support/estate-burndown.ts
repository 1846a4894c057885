import type { Context } from '../../src/context.ts'
import { addResidual, addSystem, type Counted, count } from './cast.ts'

/** A system with that key and one residual with these counts. Gives the system's id. */
export async function addCountedSystem(
  context: Context,
  key: string,
  readings: readonly Counted[],
): Promise<number> {
  const system = await addSystem(context, { key, name: key })
  const residual = await addResidual(context, system)
  for (const [day, text] of readings) await count(context, residual, day, text)
  return system
}

/** Seven systems with much left, which have layers of their own, counted on all of these days. */
export async function addLargeSystems(context: Context, days: readonly string[]): Promise<void> {
  const readings = days.map((day): Counted => [day, '9000'])
  for (let at = 0; at < 7; at++) await addCountedSystem(context, `large-${at}`, readings)
}

/** Of the table beside an English burn-down: by day, the cells of the last column or of one before it. */
export function columnOfTable(html: string, fromEnd: number): Map<string, string> {
  const [, body] = /readings by day<\/caption>.*?<tbody>(.*?)<\/tbody>/s.exec(html)!
  const rows = body!.matchAll(/<th[^>]*>([^<]*)<\/th>(.*?)<\/tr>/gs)
  return new Map(
    [...rows].map(([, day, cells]) => [
      day!,
      [...cells!.matchAll(/<td[^>]*>([^<]*)</g)].map(([, text]) => text!).at(-fromEnd)!,
    ]),
  )
}
