import { writeSync } from 'node:fs'
import type { SerializedError } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * Ends the output with `N passed, N failed`, alone on the last line, for machines to read. A file that cannot
 * be run and an error outside of every test count as a failure each: nothing that went wrong adds up to zero.
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
  }
}
