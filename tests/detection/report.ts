// Prints the tables of docs/detectors.md: `node tools/run.js detection [seed]`.
import { documentedSize, measure, tablesOf } from './detection-tables.ts'

const seed = Number(process.argv.at(-1))
const size = Number.isInteger(seed) ? { ...documentedSize, seed } : documentedSize
process.stdout.write(`${tablesOf(measure(size))}\n`)
