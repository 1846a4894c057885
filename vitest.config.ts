import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const QUICK = ['tests/*.test.ts', 'tests/{domain,exchange,cli}/**/*.test.ts', 'tests/actions/input.test.ts']
/** These start the program again and again. */
const STARTING = ['tests/cli/{plans,startup,workspace}.test.ts']

/** So that no core waits for the other at the end, what takes longest begins and what takes least ends. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) =>
      moduleId.includes('/browser/') ? 0 : project.name === 'whole' ? 1 : 2
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other))
  }
}

// `quick` is the inner loop: pure code, no database server, no browser. `whole` needs both and starts them itself.
export default defineConfig({
  test: {
    // By itself it would leave one core of two idle.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: 'quick', include: QUICK, exclude: STARTING, isolate: false, testTimeout: 20_000 } },
      {
        test: {
          name: 'whole',
          include: ['tests/{store,actions,web,api,browser}/**/*.test.ts', ...STARTING],
          exclude: ['tests/actions/input.test.ts'],
          // No test replaces a module, and to load the product for every file would take a third of the time.
          isolate: false,
          globalSetup: 'tests/support/global-setup.ts',
          testTimeout: 60_000,
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
