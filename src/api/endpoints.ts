/** Where the endpoints of the API are: each file is read when somebody first asks for one of its endpoints. */
export const endpoints = {
  blockers: () => import('./blockers.ts'),
  forecast: () => import('./forecast.ts'),
  history: () => import('./history.ts'),
  plans: () => import('./plans.ts'),
  readings: () => import('./readings.ts'),
  residual: () => import('./residual.ts'),
  round: () => import('./round.ts'),
  service: () => import('./service.ts'),
  services: () => import('./services.ts'),
  shutdown: () => import('./shutdown.ts'),
  start: () => import('./start.ts'),
  system: () => import('./system.ts'),
  systems: () => import('./systems.ts'),
  trials: () => import('./trials.ts'),
  whatIf: () => import('./what-if.ts'),
}
