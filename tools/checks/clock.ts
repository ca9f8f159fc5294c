import { readFileSync } from 'node:fs'
import { isTest, isTypeScript, sourceFiles } from '../source-files.ts'
import type { Check } from './check.ts'

/** Reading the clock, in any spelling: `new Date(instant)` with an argument is formatting and reads nothing. */
const readsClock =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date\b(?!\()|\bperformance\.now\b|\bprocess\.hrtime\b/

/** The one file of the library that may; the browser's towers see nothing of it, and have one each. */
const clockFile = 'packages/latchkey/src/foundation/time.ts'
const browserClockFiles = [
  'packages/latchkey/src/client/page-clock.ts',
  'packages/latchkey/src/react/use-now.ts',
]
const clockFiles: ReadonlySet<string> = new Set([clockFile, ...browserClockFiles])

export const clock: Check = {
  name: 'clock',
  rule: `the library reads the clock in ${clockFile}, the browser's part in ${browserClockFiles.join(' and ')}, and nowhere else`,
  find(root) {
    return sourceFiles(root, 'packages/latchkey/src')
      .filter((path) => isTypeScript(path) && !isTest(path) && !clockFiles.has(path))
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
