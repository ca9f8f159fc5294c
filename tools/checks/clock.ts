import { readFileSync } from 'node:fs'
import { isTest, isTypeScript, sourceFiles } from '../source-files.ts'
import type { Check } from './check.ts'

/** Reading the clock, in any spelling: `new Date(instant)` with an argument is formatting and reads nothing. */
const readsClock =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date\b(?!\()|\bperformance\.now\b|\bprocess\.hrtime\b/

/** The one file of the library that may; React's tower sees `client/` only, and has one of its own. */
const clockFile = 'packages/latchkey/src/foundation/time.ts'
const reactClockFile = 'packages/latchkey/src/react/use-now.ts'

export const clock: Check = {
  name: 'clock',
  rule: `the library reads the clock in ${clockFile}, React's part in ${reactClockFile}, and nowhere else`,
  find(root) {
    return sourceFiles(root, 'packages/latchkey/src')
      .filter((path) => isTypeScript(path) && !isTest(path) && path !== clockFile && path !== reactClockFile)
      .flatMap((path) =>
        readFileSync(`${root}/${path}`, 'utf8')
          .split('\n')
          .flatMap((line, index) =>
            readsClock.test(withoutComment(line)) ? [`${path}:${index + 1}: reads the clock`] : [],
          ),
      )
  },
}

function withoutComment(line: string): string {
  return line.replace(/^\s*(\/?\*|\/\/).*|\s\/\/.*/, '')
}
