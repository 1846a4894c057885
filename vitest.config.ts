import { defineConfig } from 'vitest/config'

const QUICK = ['tests/*.test.ts', 'tests/{domain,exchange,cli}/**/*.test.ts', 'tests/actions/input.test.ts']
/** These start the program again and again. */
const STARTING = ['tests/cli/{plans,startup,workspace}.test.ts']

// `quick` is the inner loop: pure code, no database server, no browser. `whole` needs both and starts them itself.
export default defineConfig({
  test: {
    // By itself it would leave one core of two idle.
    maxWorkers: 2,
    projects: [
      { test: { name: 'quick', include: QUICK, exclude: STARTING, isolate: false, testTimeout: 20_000 } },
      {
        test: {
          name: 'whole',
          include: ['tests/{store,actions,web,api,browser}/**/*.test.ts', ...STARTING],
          exclude: ['tests/actions/input.test.ts'],
          globalSetup: 'tests/support/global-setup.ts',
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
    coverage: {
      include: ['src/**/*.ts'],
      provider: 'v8',
      reporter: ['text-summary'],
      thresholds: { 'src/domain/**': { branches: 95 } },
    },
  },
})
