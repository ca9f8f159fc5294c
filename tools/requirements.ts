import { writeFileSync } from 'node:fs'
import { readRequirements, renderRequirements, requirementsPage } from './checks/requirements-page.ts'
import { taggedTests } from './checks/tagged-tests.ts'

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '')

writeFileSync(`${root}/${requirementsPage}`, renderRequirements(readRequirements(root), taggedTests(root)))
console.log(`${requirementsPage} is made.`)
