import type { Generated } from 'kysely'
import type { Day } from '../../domain/calendar.ts'
import type { NEEDS, SERVICE_ROLES, STRENGTHS } from '../../domain/landscape.ts'
import type { GateKind, GateStateCode } from '../../domain/vocabulary.ts'
import type { Kept, Withdrawable } from './common.ts'

export type GateTable = Kept &
  Withdrawable & {
    system_id: number | null
    service_id: number | null
    key: string
    name: string
    name_en: string | null
    kind: GateKind
    state: GateStateCode
    owner: string | null
    closes_on: Day | null
    closed_on: Day | null
    evidence: string | null
    evidence_expires_on: Day | null
    waived_on: Day | null
    waived_by: string | null
    waived_until: Day | null
    waiver_reason: string | null
  }

export type ServiceTable = Kept & {
  key: string
  name: string
  role: (typeof SERVICE_ROLES)[number] | null
  state: 'on' | 'off'
  off_since: Day | null
  off_reason: string | null
  override_reason: string | null
  owner: string | null
}

export type ServiceSystemTable = {
  id: Generated<number>
  service_id: number
  system_id: number
  ended_on: Day | null
}

type UseColumns = Kept &
  Withdrawable & {
    provider_id: number
    strength: (typeof STRENGTHS)[number]
    needs: (typeof NEEDS)[number]
    declared_on: Day | null
    declared_by: string | null
    last_seen_on: Day | null
    quiet_days: number | null
    until_on: Day | null
    waived_on: Day | null
    waived_by: string | null
    waived_until: Day | null
    waiver_reason: string | null
  }
export type DependencyTable = UseColumns & { consumer_id: number }
export type ExternalConsumerTable = UseColumns & { name: string }
