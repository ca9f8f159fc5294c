import { readFileSync } from 'node:fs'
import { sourceFiles } from '../source-files.ts'
import type { Check } from './check.ts'

/** Folders of somebody's own machine. The brackets keep this file from finding itself. */
const personalPath = /(?:[/]home|[/]Users|C:[\\]+Users)[/\\]+[A-Za-z]|[/]root[/]|[/]work[/]|[/]tmp[/][a-z]/

const binary = /\.(png|jpe?g|webp|ico|woff2?|db|gz|tgz)$/

export const personalPaths: Check = {
  name: 'personal-paths',
  rule: 'no file names a folder of the machine on which it was written',
  find(root) {
    return sourceFiles(root)
      .filter((path) => !binary.test(path) && !path.endsWith('package-lock.json'))
      .flatMap((path) =>
        readFileSync(`${root}/${path}`, 'utf8')
          .split('\n')
          .flatMap((line, index) =>
            personalPath.test(line) ? [`${path}:${index + 1}: names a folder of one machine`] : [],
          ),
      )
  },
}
