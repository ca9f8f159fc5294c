import { writeSync } from 'node:fs'
import type { SerializedError } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'
import { unshownRequirements } from './tests-that-ran.ts'

/**
 * Ends the output with `N passed, N failed`, alone on the last line, for machines to read. A file that cannot
 * be run and an error outside of every test count as a failure each: nothing that went wrong adds up to zero. In a run of
 * all tests, for which `tools/test.ts` sets `EVERY_TEST_OF`, so does each requirement that no test has shown.
 */
export default class FinalLineReporter implements Reporter {
  #passed = 0
  #failed = 0

  constructor() {
    process.once('exit', () => writeSync(1, `${this.#passed} passed, ${this.#failed} failed\n`))
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    this.#failed = errors.length + (modules.length === 0 ? 1 : 0)
    this.#passed = 0
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      const failures = tests.filter((test) => test.result().state === 'failed').length
      this.#passed += tests.filter((test) => test.result().state === 'passed').length
      this.#failed += failures === 0 && module.state() === 'failed' ? 1 : failures
    }
    this.#failed += this.#unshown(modules)
  }

  #unshown(modules: readonly TestModule[]): number {
    const root = process.env['EVERY_TEST_OF']
    if (root === undefined) return 0
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const passed = tests.filter((test) => test.result().state === 'passed').map(({ name }) => name)
    const unshown = unshownRequirements(root, new Set(passed))
    for (const sentence of unshown) writeSync(2, `${sentence}\n`)
    if (unshown.length > 0) process.exitCode = 1
    return unshown.length
  }
}
