import { startOfDay } from '../../context.ts'
import { addDays, parseDay } from '../../domain/calendar.ts'
import { type HistoryFilter, listActorsAndActions } from '../../store/audit-log.ts'
import { sayIgnored } from '../ignored.ts'
import type { Visit } from '../visit.ts'

/** Who, what and when of the history, as the address asks; what makes no sense is left out. */
export async function historyFilter(visit: Visit, subject: Record<string, string>) {
  const { context, t, today, request } = visit
  const { db } = context
  const known = await listActorsAndActions(db, today)
  const asked = (name: string) => {
    const value = request.query[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const settings = {
    actor: known.actors.find(one => one === asked('actor')) ?? '',
    action: known.actions.find(one => one === asked('action')) ?? '',
    from: parseDay(asked('from')) ?? '',
    to: parseDay(asked('to')) ?? '',
  }
  const before = /^\d{1,15}$/.test(asked('before')) ? asked('before') : ''
  const filter: HistoryFilter = {
    ...(settings.actor ? { actor: settings.actor } : {}),
    ...(settings.action ? { action: settings.action } : {}),
    ...(settings.from ? { since: startOfDay(context, settings.from) } : {}),
    ...(settings.to ? { until: startOfDay(context, addDays(settings.to, 1)) } : {}),
  }
  const choice = (values: readonly string[], chosen: string, label: (value: string) => string) =>
    values.map(value => ({ value, label: label(value), isChosen: value === chosen }))
  const form = {
    ...settings,
    subject: Object.entries(subject).map(([name, value]) => ({ name, value })),
    actors: choice(known.actors, settings.actor, actor => actor),
    actions: choice(known.actions, settings.action, action => t(`action.${action}`)),
    isFiltered: Object.values(settings).some(value => value !== ''),
    ignored: sayIgnored(visit, { ...settings, before }),
  }
  return { filter, settings, before: before === '' ? null : Number(before), form }
}
