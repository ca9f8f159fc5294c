import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { withDatabases } from './databases/with-databases.ts'
import { paceOf } from './pace.ts'
import { resultsPage } from './results-page.ts'
import type { Section } from './table.ts'
import { tables } from './tables/every-table.ts'
import { removeLeftFolders } from './temporary-folder.ts'

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    hours: { type: 'string' },
  },
})
const names = tables.map(({ name }) => name)
const strange = values.only.filter((name) => !names.includes(name))
if (strange.length > 0) throw new Error(`There is no table '${strange}'; there are: ${names.join(', ')}.`)

const chosen = tables.filter(({ name }) => values.only.length === 0 || values.only.includes(name))
const isWhole = !values.short && chosen.length === tables.length
const pace = paceOf(values.short ? 'short' : 'whole', values.hours)

removeLeftFolders()
const page = await withDatabases(new Set(chosen.flatMap(({ needs }) => needs)), async (versions) => {
  const sections: Section[] = []
  for (const table of chosen) {
    process.stderr.write(`${table.name}\n`)
    sections.push(await table.measure(pace))
  }
  return resultsPage(sections, versions, pace.length)
})

/** Half a measurement never takes the place of a whole one. */
const place = isWhole ? '../RESULTS.md' : '../.latchkey/RESULTS.md'
writeFileSync(new URL(place, import.meta.url), page)
process.stdout.write(page)
