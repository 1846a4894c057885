import type { Queries, Row } from './bare-queries.ts'

/** The pages by template strings: every row that was read is written, and what is missing to the bytes is filled up. */

export function bareOverview(of: Queries, yearAgo: string): string {
  const [workspace] = of.workspace()
  const systems = of.list()
  const ids = padded(systems.map(({ id }) => id))
  const gates = Map.groupBy(of.gatesOfMany(...ids), gate => gate.system_id)
  const services = Map.groupBy(of.servicesOfMany(...ids), service => service.system_id)
  const rows = systems.map(
    system => `<tr><th scope="row"><a href="/systems/${system.key}">${escaped(system.name)}</a></th>
      <td>${system.status}</td><td class="num">${system.open_total}</td><td>${line(courseOf(system))}</td>
      <td>${system.target_on}</td><td>${gates.get(system.id)?.length ?? 0}</td>
      <td>${services.get(system.id)?.length ?? 0}</td><td>${escaped(system.owner)}</td>
      <td>${system.oldest_reading_on}</td></tr>`,
  )
  const layers = of.largest().map(system => line(running(of.systemDays(system.id))))
  const events = of.estateEvents(yearAgo).map(event => `<li>${event.day} ${escaped(event.title)}</li>`)
  return `${workspace!.revision} ${of.total()[0]!.total}
    <svg>${line(running(of.estateDays()))}${layers.join('')}</svg>
    <ul>${events.join('')}</ul><table>${rows.join('')}</table>`
}

export function bareSystem(of: Queries, key: string, from: string): string {
  const [system] = of.system(key)
  const { id } = system!
  const residuals = of.residuals(id).map(
    residual => `<tr><th>${escaped(residual.name)}</th><td>${residual.latest_count}</td>
      <td>${residual.latest_on}</td><td><input name="count-${residual.id}"></td></tr>
      ${line(of.readings(residual.id, from))}`,
  )
  const parts = [of.gates(id), of.costs(id), of.savings(id), of.services(id), of.events(id), of.history(id)]
  return `<h1>${escaped(system!.name)} ${of.workspace()[0]!.revision}</h1><table>${residuals.join('')}</table>
    ${parts.map(rows => `<ul>${rows.map(lineOf).join('')}</ul>`).join('')}`
}

/** All that the verdicts are made of, read anew; the verdicts themselves are not worked out. */
export function bareShutdown(of: Queries): string {
  const read = [of.allSystems(), of.allServices(), of.allServed(), of.allGates(), of.allUses()]
  return `${of.workspace()[0]!.revision} ${read.map(rows => rows.length).join(' ')}
    <ul>${read[1]!.slice(0, 200).map(lineOf).join('')}</ul>`
}

function courseOf(system: Row): Row[] {
  return JSON.parse(String(system.course)) as Row[]
}

function running(days: Row[]): Row[] {
  let count = 0
  return days.map(day => {
    count += Number(day.count_delta) + Number(day.bound_delta)
    return { day: day.day!, count }
  })
}

function line(points: Row[]): string {
  return `<polyline points="${points.map(({ count }, at) => `${at},${count}`).join(' ')}"/>`
}

function lineOf(row: Row): string {
  return `<li>${Object.values(row).map(escaped).join(' ')}</li>`
}

function escaped(value: string | number | null | undefined): string {
  return value == null ? '' : String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** The list has 50 places; those that are empty ask for no system. */
function padded(ids: readonly unknown[]): unknown[] {
  return [...ids, ...Array(50 - ids.length).fill(0)]
}
