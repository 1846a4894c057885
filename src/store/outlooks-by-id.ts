import type { Outlook } from './forecasts.ts'

/** The forecasts of up to a hundred systems, never changed: whoever makes something of them may keep that by them. */
export type OutlookBlock = ReadonlyMap<number, Outlook>

/** The forecasts of the whole estate, by system id, in the order in which systems came. */
export type EstateOutlook = Pick<OutlooksById, 'get' | 'values' | 'blocks'>

/**
 * Forecasts by system id. A copy shares with its original all hundreds of ids to which nothing is added, so that a
 * change of one system does not copy an estate. Ids come in ascending order, and so do the values.
 */
export class OutlooksById {
  private readonly hundreds: (OutlookBlock | undefined)[]

  constructor(original?: OutlooksById) {
    this.hundreds = original ? [...original.hundreds] : []
  }

  get(id: number): Outlook | undefined {
    return this.hundreds[hundredOf(id)]?.get(id)
  }

  /** In the place of those that the same systems had. */
  add(outlooks: readonly Outlook[]): void {
    for (const [hundred, some] of Map.groupBy(outlooks, ({ system }) => hundredOf(system.id))) {
      const block = new Map(this.hundreds[hundred])
      for (const outlook of some) block.set(outlook.system.id, outlook)
      this.hundreds[hundred] = block
    }
  }

  blocks(): OutlookBlock[] {
    return this.hundreds.filter(block => block !== undefined)
  }

  *values(): Generator<Outlook, undefined> {
    for (const block of this.blocks()) yield* block.values()
  }
}

function hundredOf(id: number): number {
  return Math.floor(id / 100)
}
