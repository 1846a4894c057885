import Database from 'better-sqlite3'

/** What the pages are made of, asked for by hand: prepared once, no more than a page needs. */
export function bareQueries(path: string) {
  const db = new Database(path)
  db.pragma('synchronous = FULL')
  db.pragma('cache_size = -32000')
  const all = (sql: string) => {
    const statement = db.prepare(sql)
    return (...values: unknown[]) => statement.all(...values) as Row[]
  }
  return {
    db,
    workspace: all('select revision, simulated_since from workspace'),
    list: all(`select id, key, name, name_en, status, status_on, owner, target_on, open_total, open_by_unit,
      residual_count, uncounted_count, unsettled_count, oldest_reading_on, course from system order by id limit 50`),
    total: all('select count(*) as total from system'),
    largest: all('select id, key, name, open_total from system order by open_total desc limit 7'),
    estateDays: all(
      `select day, count_delta, bound_delta, readings from estate_day where unit = 'order' order by day`,
    ),
    systemDays: all(`select day, count_delta, bound_delta, readings from system_day
      where system_id = ? and unit = 'order' order by day`),
    estateEvents: all('select day, kind, title from event where day >= ? order by day desc limit 30'),
    gatesOfMany: all(`select system_id, state, closes_on from gate
      where withdrawn_on is null and system_id in (${Array(50).fill('?').join()})`),
    servicesOfMany: all(`select service_id, system_id from service_system
      where ended_on is null and system_id in (${Array(50).fill('?').join()})`),
    system: all('select * from system where key = ?'),
    residuals: all('select * from residual where system_id = ? order by id'),
    readings: all(`select day, count, qualifier, reason from reading
      where residual_id = ? and superseded_at is null and day >= ? order by day`),
    gates: all('select * from gate where system_id = ?'),
    costs: all('select * from monthly_cost where system_id = ?'),
    savings: all('select * from expected_saving where system_id = ?'),
    services: all(`select service.* from service_system join service on service.id = service_id
      where system_id = ? and ended_on is null`),
    events: all('select * from event where system_id = ? order by day desc limit 20'),
    history: all('select * from audit_log where system_id = ? order by id desc limit 10'),
    allSystems: all('select id, key, role, status, open_total, uncounted_count, unsettled_count from system'),
    allServices: all('select id, key, role, state, off_since from service'),
    allServed: all('select service_id, system_id from service_system where ended_on is null'),
    allGates: all('select system_id, service_id, key, state, closes_on from gate where withdrawn_on is null'),
    allUses: all(`select consumer_id, provider_id, strength, needs, declared_on, last_seen_on, until_on
      from dependency where withdrawn_on is null`),
  }
}

export type Row = Record<string, string | number | null>
export type Queries = ReturnType<typeof bareQueries>
