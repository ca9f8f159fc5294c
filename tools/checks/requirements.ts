import { existsSync, readFileSync } from 'node:fs'
import type { Check } from './check.ts'
import {
  readRequirements,
  renderRequirements,
  requirementsFile,
  requirementsPage,
} from './requirements-page.ts'
import { taggedTests } from './tagged-tests.ts'

/** What is claimed of security is shown by a test. */
export const requirements: Check = {
  name: 'requirements',
  rule: `every requirement of ${requirementsFile} has a test, every tag a requirement, and ${requirementsPage} says so`,
  find(root) {
    const listed = readRequirements(root)
    const tests = taggedTests(root)
    const ids = listed.map(({ id }) => id)
    const tags = new Set(tests.flatMap((test) => test.tags))
    const page = `${root}/${requirementsPage}`
    const isStale = !existsSync(page) || readFileSync(page, 'utf8') !== renderRequirements(listed, tests)
    return [
      ...ids
        .filter((id, index) => ids.indexOf(id) !== index)
        .map((id) => `${requirementsFile}: ${id} stands there twice`),
      ...ids.filter((id) => !tags.has(id)).map((id) => `${requirementsFile}: no test is tagged [${id}]`),
      ...listed.flatMap(({ id, where }) =>
        where
          .filter((path) => !existsSync(`${root}/${path}`))
          .map((path) => `${requirementsFile}: ${id}: '${path}' does not exist`),
      ),
      ...tests.flatMap(({ path, tags: own }) =>
        own.filter((tag) => !ids.includes(tag)).map((tag) => `${path}: [${tag}] is no requirement`),
      ),
      ...(isStale ? [`${requirementsPage}: is not what 'npm run requirements' makes`] : []),
    ]
  },
}
