import type { Trx } from '../store/columns.ts'
import { getRow, type Placed } from './keep.ts'

/** A gate or a cost belongs to a system or to a service. */
export type Owner = { systemId: number } | { serviceId: number }

type Owned = { systemId?: number | null; serviceId?: number | null; name?: string; title?: string }
type Used = { providerId: number; consumerId?: number; name?: string }

/** How the history names a thing, and whose history it stands in. */
export async function placeOf(trx: Trx, row: Owned | Used): Promise<Placed> {
  if ('providerId' in row) return placeOfUse(trx, row)
  const at = row.systemId
    ? await getRow(trx, 'system', row.systemId)
    : await getRow(trx, 'service', row.serviceId!)
  const name = row.name ?? row.title
  const label = name ? `${at.name} / ${name}` : at.name
  return { label, systemId: row.systemId ?? null, serviceId: row.serviceId ?? null }
}

export function ownerOf(row: { systemId: number | null; serviceId: number | null }): Owner {
  return row.systemId === null ? { serviceId: row.serviceId! } : { systemId: row.systemId }
}

async function placeOfUse(trx: Trx, row: Used): Promise<Placed> {
  const provider = await getRow(trx, 'service', row.providerId)
  const consumer = row.consumerId ? (await getRow(trx, 'service', row.consumerId)).key : row.name
  return { label: `${consumer} → ${provider.key}`, serviceId: provider.id }
}
