import { type Columns, type Db, findRow } from './columns.ts'
import { NOUNS, type Noun, type NounRow } from './nouns.ts'
import type { Tables } from './schema.ts'

/** Where a thing is shown: the system or the service that it belongs to. */
export type Place = { kind: 'system' | 'service'; key: string; name: string; nameEn: string | null }

export async function findThing<N extends Noun>(
  db: Db,
  noun: N,
  id: number,
): Promise<NounRow<N> | undefined> {
  return findRow(db, NOUNS[noun] as unknown as Columns<keyof Tables, NounRow<N>>, id)
}

type Placed =
  | { systemId: number; serviceId?: null }
  | { systemId?: null; serviceId: number }
  | { systemId: number | null; serviceId: number | null }

export async function findPlace(db: Db, { systemId, serviceId }: Placed): Promise<Place | undefined> {
  if (systemId) {
    const system = await findRow(db, NOUNS.system, systemId)
    return system && { kind: 'system', key: system.key, name: system.name, nameEn: system.nameEn }
  }
  const service = serviceId ? await findRow(db, NOUNS.service, serviceId) : undefined
  return service && { kind: 'service', key: service.key, name: service.name, nameEn: null }
}
