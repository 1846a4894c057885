import type { Outlook } from './forecasts.ts'

/**
 * Forecasts by system id. A copy shares with its original all hundreds of ids of which nothing is set, so that a change
 * of one system does not copy an estate. Ids come in ascending order, and so do the values.
 */
export class OutlooksById {
  private readonly hundreds: (Map<number, Outlook> | undefined)[]
  private readonly own = new Set<number>()

  constructor(original?: OutlooksById) {
    this.hundreds = original ? [...original.hundreds] : []
  }

  get(id: number): Outlook | undefined {
    return this.hundreds[hundredOf(id)]?.get(id)
  }

  set(outlook: Outlook): void {
    const { id } = outlook.system
    const hundred = hundredOf(id)
    if (!this.own.has(hundred)) {
      this.own.add(hundred)
      this.hundreds[hundred] = new Map(this.hundreds[hundred])
    }
    this.hundreds[hundred]!.set(id, outlook)
  }

  *values(): Generator<Outlook, undefined> {
    for (const hundred of this.hundreds) if (hundred) yield* hundred.values()
  }
}

function hundredOf(id: number): number {
  return Math.floor(id / 100)
}
