/** The normal law: its distribution, its quantiles, and the logarithm of its upper tail. */
export function normalBelow(x: number): number {
  if (x < -BODY) return Math.exp(logTail(-x))
  if (x < 0) return 1 - normalBelow(-x)
  if (x > BODY) return 1 - Math.exp(logTail(x))
  let term = x
  let sum = x
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (x * x) / k
    sum += term
  }
  return 0.5 + density(x) * sum
}

/** The x below which a share `p` lies, 0 < p < 1; Newton's method with Halley's correction. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p)
  let x = p > 1e-3 ? Math.log(p / (1 - p)) / 1.7 : -Math.sqrt(-2 * Math.log(p))
  for (let step = 0; step < 12; step++) {
    const error = (normalBelow(x) - p) / density(x)
    const change = error / Math.max(0.5, 1 + (x * error) / 2)
    x -= change
    if (Math.abs(change) < 1e-12) break
  }
  return x
}

/** Logarithm of the share above x, from a table: exact to 1e-4, and asked thousands of times per forecast. */
export function logNormalAbove(x: number): number {
  if (x <= -TABLE_END) return 0
  if (x >= TABLE_END) return logTail(x)
  const place = (x + TABLE_END) * TABLE_STEPS
  const index = place | 0
  const left = LOG_ABOVE[index]!
  return left + (LOG_ABOVE[index + 1]! - left) * (place - index)
}

const BODY = 5
const TABLE_END = 8
const TABLE_STEPS = 64

const LOG_ABOVE = Float64Array.from({ length: 2 * TABLE_END * TABLE_STEPS + 2 }, (_, index) => {
  const x = index / TABLE_STEPS - TABLE_END
  return x > BODY ? logTail(x) : Math.log(1 - normalBelow(x))
})

function density(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
}

/** Laplace's continued fraction; for x of 5 and more twenty steps are plenty. */
function logTail(x: number): number {
  let fraction = x
  for (let k = 20; k > 0; k--) fraction = x + k / fraction
  return (-x * x) / 2 - Math.log(2 * Math.PI) / 2 - Math.log(fraction)
}
