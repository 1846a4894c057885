import type { Measured } from './load.ts'

export type Line = { name: string; goal: number; ours: Measured; bare: Measured }

/**
 * Our figures beside those of the bare server, as ratios: of answers per second, and of processor time, which
 * other work on the machine disturbs less.
 */
export function printRatios(title: string, lines: readonly Line[]): void {
  console.log(`\n${title}: ours / bare                by processor time`)
  for (const { name, goal, ours, bare } of lines) {
    const ratio = ours.perSecond / bare.perSecond
    const byProcessor = bare.processorMs / ours.processorMs
    const figures = `${round(ours.perSecond)} : ${round(bare.perSecond)} a second, ${round(ours.processorMs)} : ${round(bare.processorMs)} ms each`
    const verdict = goal > 0 ? `goal ${goal} ${said(ratio >= goal)}` : ''
    const columns = [name.padEnd(28), ratio.toFixed(2).padStart(6), byProcessor.toFixed(2).padStart(8)]
    console.log(`  ${columns.join(' ')}  (${figures}) ${verdict}`)
  }
}

/** How much more processor time a page takes on the larger register. */
export function printGrowth(
  title: string,
  goal: number,
  small: readonly Line[],
  large: readonly Line[],
): void {
  console.log(`\n${title}: processor time per answer, large : small (goal at most ${goal})`)
  for (const [at, { name, ours }] of large.entries()) {
    const growth = ours.processorMs / small[at]!.ours.processorMs
    console.log(`  ${name.padEnd(28)} ${growth.toFixed(2).padStart(6)}  ${said(growth <= goal)}`)
  }
}

/** One page, which had to be made anew, by systems; growth from 1,000 to 10,000 where both were measured. */
export function printFirstPages(
  name: string,
  goal: number,
  pages: readonly { systems: number; ours: number; bare: number }[],
): void {
  for (const { systems, ours, bare } of pages)
    console.log(
      `  ${`${name}, ${systems} systems`.padEnd(28)} ${ours.toFixed(1).padStart(6)} : ${bare.toFixed(1)} ms`,
    )
  const [small, large] = [1000, 10_000].map(size => pages.find(({ systems }) => systems === size))
  if (!small || !large) return
  const growth = large.ours / small.ours
  console.log(
    `  ${`${name}, growth`.padEnd(28)} ${growth.toFixed(2).padStart(6)} (bare ${(large.bare / small.bare).toFixed(2)}, goal at most ${goal}) ${said(growth <= goal)}`,
  )
}

export function printLimit(name: string, value: number, unit: string, limit: number): void {
  console.log(
    `  ${name.padEnd(28)} ${String(round(value)).padStart(6)} ${unit} (goal at most ${limit}) ${said(value <= limit)}`,
  )
}

function said(isReached: boolean): string {
  return isReached ? 'reached' : 'MISSED'
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100
}
