import { expect, test } from 'vitest'
import { logNormalAbove, normalBelow, normalQuantile } from '../../../src/domain/forecast/normal.ts'

test.each([
  [0, 0.5],
  [1, 0.8413447460685429],
  [-1.96, 0.024997895148220435],
  [3, 0.9986501019683699],
  [-6, 9.865876450376946e-10],
  [6, 0.9999999990134123],
])('below %d lies a share of %d', (x, share) => expect(normalBelow(x)).toBeCloseTo(share, 12))

test.each([1e-300, 1e-12, 1e-6, 0.001, 0.02, 0.3, 0.5, 0.77, 0.95, 0.999999])(
  '%d has its quantile',
  share => {
    expect(normalBelow(normalQuantile(share)) / share).toBeCloseTo(1, 6)
  },
)

test.each([
  [-9, 0],
  [-2, -0.02301290932896349],
  [0.333, -0.9951],
  [4, -10.360101486527],
  [10, -53.23128515051247],
])('the log of the share above %d is %d', (x, log) => expect(logNormalAbove(x)).toBeCloseTo(log, 3))
