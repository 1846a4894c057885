import type { Database } from 'better-sqlite3'

/** Fills a register by plain SQL: a year of 14.6 million readings takes about a minute. */

const NUMBERS = (most: number) =>
  `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${most})`

/** Falls with every reading, a little faster and slower. */
const COUNT = (n: string) => `(2000 + (r.id * 37) % 900 - 3 * (${n}) - (r.id + (${n})) % 3)`

/**
 * Systems beyond the others that are there to be written to. Each of their residuals was counted once, three years
 * ago, with a cadence that does not call this old, and there is room for 600 more counts, one a day.
 */
export const WRITTEN = 25

const WRITTEN_ON = "date('now', '-1100 days')"
const WRITTEN_COUNT = 600

/** The estate without its readings. A hundred services at a time use one another, consumers before providers. */
export function fillEstate(bulk: Database, systems: number): void {
  const all = systems + WRITTEN
  bulk.exec(`
    update workspace set revision = 1, simulated_since = date('now');
    ${NUMBERS(all)} insert into system (id, key, name, name_en, role, status, status_on, owner, target_on, replacement)
      select n, iif(n > ${systems}, 'writes-', 'system-') || n, 'System ' || n, 'System ' || n, 'legacy',
        case n % 10 when 1 then 'migrating' when 2 then 'cutover_pending' when 3 then 'on_hold' else 'draining' end,
        date('now', '-400 days'), 'Owner ' || (n % 20), date('now', (n % 400 - 40) || ' days'), 'Replacement ' || n
      from numbers;
    ${NUMBERS(all * 4)} insert into residual (id, system_id, key, name, unit)
      select n, (n + 3) / 4, 'residual-' || (n % 4), 'Residual ' || (n % 4), 'order' from numbers;
    ${NUMBERS(systems)} insert into service (id, key, name, role, state)
      select n, 'service-' || n, 'service-' || n, iif(n % 50 = 0, 'stay', 'legacy'), iif(n % 97 = 5, 'off', 'on')
      from numbers;
    insert into service_system (service_id, system_id) select id, id from service;
    ${NUMBERS(systems * 4)} insert or ignore into dependency
        (consumer_id, provider_id, strength, needs, declared_on, declared_by)
      select n / 4, min(${systems}, (n / 4 - 1) / 100 * 100 + 100, n / 4 + 1 + (n * 7919) % 97), 'hard', 'from', date('now', '-300 days'), 'Owner 1'
      from numbers where n / 4 between 1 and ${systems - 1} and n / 4 % 100 > 0;
    insert into gate (system_id, key, name, kind, state, closes_on)
      select id, 'approval', 'Approval', 'approval', 'open', date('now', '+60 days') from system where id % 2 = 0;
    insert into monthly_cost (system_id, kind, amount_fen, currency)
      select id, kind, 100000 + id, 'CNY' from system, (select 'people' as kind union all select 'machines');
    insert into event (system_id, day, kind, title)
      select id, date('now', '-' || (n * 90 + id % 60) || ' days'), 'note', 'Event ' || n
      from system, (select 1 as n union all select 2 union all select 3);
    ${NUMBERS(20)} insert into audit_log
        (revision, at, actor, action, noun, noun_id, label, system_id, "before", "after")
      select 1, '2020-01-01T00:00:00.000Z', 'Owner 1', 'edit-system', 'system', id, name, id,
        '{"note":"before"}', '{"note":"after"}' from numbers, system;`)
}

/** Readings in the order in which days bring them: those of one system lie far apart, as in real life. */
export function fillReadings(bulk: Database, every: number): void {
  const { sql: index } = bulk
    .prepare("select sql from sqlite_schema where name = 'reading_in_force'")
    .get() as { sql: string }
  bulk.exec(`
    drop index reading_in_force;
    create temp table days as ${NUMBERS(365)}
      select n / ${every} as n, date('now', '-' || (366 - n) || ' days') as day from numbers where n % ${every} = 0;
    create temp table writes as select id from system where key like 'writes-%';
    insert into reading (residual_id, day, count, qualifier, recorded_by, recorded_at)
      select r.id, d.day, ${COUNT('d.n')}, 'exact', 'Owner 1', d.day || 'T02:00:00.000Z'
      from days d cross join residual r where r.system_id not in (select id from writes);
    insert into reading (residual_id, day, count, qualifier, recorded_by, recorded_at)
      select r.id, ${WRITTEN_ON}, ${WRITTEN_COUNT}, 'exact', 'Owner 1', ${WRITTEN_ON} || 'T02:00:00.000Z'
      from residual r where r.system_id in (select id from writes);
    ${index};
    insert into system_day
      select s.id, d.day, 'order', (select sum(${COUNT('d.n')} - iif(d.n = 1, 0, ${COUNT('d.n - 1')}))
          from residual r where r.system_id = s.id), 0, 0, iif(d.n = 1, 4, 0), 4
      from system s cross join days d where s.id not in (select id from writes);
    insert into system_day select id, ${WRITTEN_ON}, 'order', ${4 * WRITTEN_COUNT}, 0, 0, 4, 4 from writes;
    insert into estate_day
      select day, unit, sum(count_delta), sum(bound_delta), sum(bounds_delta), sum(counted_delta), sum(readings)
      from system_day group by unit, day;
    update residual as r set
      first_on = (select min(day) from days), latest_on = (select max(day) from days),
      latest_count = (select ${COUNT('max(n)')} from days), latest_qualifier = 'exact',
      unchanged_since = (select max(day) from days), unchanged_readings = 1;
    update residual set first_on = ${WRITTEN_ON}, latest_on = ${WRITTEN_ON}, latest_count = ${WRITTEN_COUNT},
      unchanged_since = ${WRITTEN_ON}, cadence_days = 3650 where system_id in (select id from writes);`)
}
