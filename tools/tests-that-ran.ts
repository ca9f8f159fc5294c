import { readRequirements } from './checks/requirements-page.ts'
import { taggedTests } from './checks/tagged-tests.ts'

/**
 * Sentences for what a page of requirements claims and the run did not show: a tagged test that did not pass, and a
 * requirement of which no test did. `passed`: names of tests, without those of what they stand in.
 */
export function unshownRequirements(root: string, passed: ReadonlySet<string>): readonly string[] {
  const names = [...passed]
  const missing = taggedTests(root).filter(({ name }) => !names.some((one) => isNamed(one, name)))
  const shown = new Set(
    names.flatMap((name) => [...name.matchAll(/\[((?:ASVS|NIST) [^\]]+)\]/g)].map(([, tag]) => tag)),
  )
  const unshown = readRequirements(root).filter(({ id }) => !shown.has(id))
  return [
    ...missing.map(({ path, name }) => `${path}: '${name}' did not run and pass`),
    ...unshown.map(({ id }) => `${id}: no test that shows it ran and passed`),
  ]
}

/** A name from a table has places for its values (`$name`, `%s`, `${…}`): as far as the first of them it has to be the same. */
function isNamed(ran: string, written: string): boolean {
  const place = written.search(/\$|%/)
  return place === -1 ? ran === written : ran.startsWith(written.slice(0, place))
}
