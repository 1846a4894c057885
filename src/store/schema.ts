import type { KeptForecastTable } from './tables/forecasts.ts'
import type { AuditLogTable, EstateDayTable, SystemDayTable, WorkspaceTable } from './tables/history.ts'
import type { MaturityProfileTable } from './tables/maturity.ts'
import type { EventTable, ExpectedSavingTable, MonthlyCostTable } from './tables/money-and-events.ts'
import type { PlanTable, TrialComplaintTable, TrialShutdownTable } from './tables/plans-and-trials.ts'
import type {
  DependencyTable,
  ExternalConsumerTable,
  GateTable,
  ServiceSystemTable,
  ServiceTable,
} from './tables/services.ts'
import type { ReadingTable, ResidualTable, SystemTable } from './tables/systems.ts'

/**
 * The rows as both databases keep them: days and UTC moments as text, money in fen, no booleans.
 * Nothing is ever deleted: an end is a day and a reason. Derived columns are marked; they can be worked out anew.
 */
export type Tables = {
  workspace: WorkspaceTable
  system: SystemTable
  residual: ResidualTable
  reading: ReadingTable
  gate: GateTable
  service: ServiceTable
  service_system: ServiceSystemTable
  dependency: DependencyTable
  external_consumer: ExternalConsumerTable
  monthly_cost: MonthlyCostTable
  expected_saving: ExpectedSavingTable
  event: EventTable
  audit_log: AuditLogTable
  kept_forecast: KeptForecastTable
  plan: PlanTable
  trial_shutdown: TrialShutdownTable
  trial_complaint: TrialComplaintTable
  maturity_profile: MaturityProfileTable
  system_day: SystemDayTable
  estate_day: EstateDayTable
}
