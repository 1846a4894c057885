import type { Queries, Row } from './bare-queries.ts'

/** Writes a reading by hand: in one transaction with all that is kept beside it, and the history. */
export function bareWriter({ db }: Queries) {
  const revise = db.prepare('update workspace set revision = revision + 1 returning revision')
  const residual = db.prepare('select * from residual where id = ?')
  const system = db.prepare('select * from system where id = ?')
  const previous =
    db.prepare(`select * from reading where residual_id = ? and superseded_at is null and day <= ?
    order by day desc limit 1`)
  const insert =
    db.prepare(`insert into reading (residual_id, day, count, qualifier, recorded_by, recorded_at)
    values (?, ?, ?, 'exact', 'bare', ?) returning id`)
  const systemDay = db.prepare(`insert into system_day values (?, ?, 'order', ?, 0, 0, 0, 1)
    on conflict (system_id, unit, day) do update set
      count_delta = system_day.count_delta + excluded.count_delta, readings = system_day.readings + 1`)
  const estateDay = db.prepare(`insert into estate_day values (?, 'order', ?, 0, 0, 0, 1)
    on conflict (unit, day) do update set
      count_delta = estate_day.count_delta + excluded.count_delta, readings = estate_day.readings + 1`)
  const latest = db.prepare(`update residual set latest_on = ?, latest_count = ?, unchanged_since = ?,
    unchanged_readings = 1 where id = ?`)
  const residuals = db.prepare('select * from residual where system_id = ?')
  const totals = db.prepare('update system set open_total = ?, oldest_reading_on = ? where id = ?')
  const log = db.prepare(`insert into audit_log
    (revision, at, actor, action, noun, noun_id, label, system_id, "before", "after")
    values (?, ?, 'bare', 'record-readings', 'reading', ?, ?, ?, ?, ?)`)

  return db.transaction((residualId: number, day: string, count: number) => {
    const at = new Date().toISOString()
    const { revision } = revise.get() as { revision: number }
    const of = residual.get(residualId) as Row
    const owner = system.get(of.system_id) as Row
    const before = previous.get(residualId, day) as Row
    const { id } = insert.get(residualId, day, count, at) as { id: number }
    const delta = count - Number(before.count)
    systemDay.run(of.system_id, day, delta)
    estateDay.run(day, delta)
    latest.run(day, count, day, residualId)
    const open = residuals.all(of.system_id) as Row[]
    const sum = open.reduce((total, row) => total + Number(row.latest_count), 0)
    const oldest = open.map(row => String(row.latest_on)).reduce((a, b) => (a < b ? a : b))
    totals.run(sum, oldest, of.system_id)
    const label = `${owner.name} / ${of.name}`
    const texts = [
      { count: before.count, day: before.day },
      { count, day },
    ].map(one => JSON.stringify(one))
    log.run(revision, at, id, label, of.system_id, ...texts)
    return revision
  })
}
