import { availableParallelism } from 'node:os'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const resolve = { conditions: ['latchkey-source', 'module', 'node', 'development|production'] }

/** These start a PostgreSQL, which the quick part has no time for. */
const onPostgres = [
  'packages/latchkey/src/stores/postgres/**/*.test.ts',
  'packages/latchkey/src/stores/*.test.ts',
]

/** Whole-system tests start processes and browsers: they take seconds, and on a busy machine many. */
const patient = { testTimeout: 120_000, hookTimeout: 120_000 }

const config: ViteUserConfig = defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    // One less than there are processors is one on a machine with two, which then has nothing to do half of the time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: ['default', './tools/final-line-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: [
            'packages/**/*.test.{ts,tsx}',
            'apps/**/*.test.{ts,tsx}',
            'tools/**/*.test.ts',
            'bench/src/**/*.test.ts',
          ],
          exclude: onPostgres,
          // Loading the same modules anew for each of hundreds of files took two thirds of the time. No test may leave
          // anything behind in a module: what holds state is made by whoever needs it.
          isolate: false,
          // A property that takes a second alone may take many beside everything else.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/**/*.test.ts', ...onPostgres],
          globalSetup: ['tests/build-console-once.ts'],
          ...patient,
        },
      },
    ],
  },
})

export default config
