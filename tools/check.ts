import { checks } from './checks/every-check.ts'

const root = new URL('..', import.meta.url).pathname
const chosen = process.argv.slice(3)
let failed = 0

for (const check of checks) {
  if (chosen.length > 0 && !chosen.includes(check.name)) continue
  const faults = await check.find(root)
  console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${check.name}: ${check.rule}`)
  for (const fault of faults) console.log(`     ${fault}`)
  if (faults.length > 0) failed += 1
}

console.log(failed === 0 ? 'Every check passes.' : `${failed} of the checks failed.`)
process.exitCode = failed === 0 ? 0 : 1
