import { writeFileSync } from 'node:fs'
import { interleave } from './interleave.ts'
import { loadInTurns } from './load.ts'
import { questionCosts } from './many-sessions.ts'
import { resultsPage } from './results-page.ts'

const isShort = process.argv.includes('--short')
const rounds = isShort ? { count: 1, duration: 500 } : { count: 5, duration: 2_000 }
const loadRounds = isShort ? { count: 1, duration: 2 } : { count: 3, duration: 5 }
const say = (text: string): boolean => process.stderr.write(`${text}\n`)

say('verifySession in process')
const verifying = await interleave(
  [
    { name: 'SHA-256 and a `Map` (the limit)', file: 'verify-limit.ts' },
    { name: 'Latchkey, memory', file: 'verify-latchkey-memory.ts' },
    { name: 'Latchkey, SQLite', file: 'verify-latchkey-sqlite.ts' },
    { name: 'better-auth, cookie cache', file: 'verify-better-auth.ts' },
  ],
  rounds,
)

say('createSession on SQLite')
const creating = await interleave(
  [
    { name: '4 KiB and `fdatasync` (the limit)', file: 'create-limit.ts' },
    { name: 'Latchkey, 1 caller', file: 'create-1.ts' },
    { name: 'Latchkey, 64 callers', file: 'create-64.ts' },
  ],
  rounds,
)

say('over HTTP')
const serving = await loadInTurns(
  [
    { name: 'bare `node:http` (the limit)', file: 'bare.ts' },
    { name: 'Latchkey guard in a bare server', file: 'latchkey-guard.ts' },
    { name: 'Latchkey program, `forward-auth`', file: 'latchkey-forward-auth.ts' },
    { name: 'Latchkey program, `sessions/current`', file: 'latchkey-current.ts' },
    { name: 'express-session, memory', file: 'express-session-memory.ts' },
    { name: 'better-auth `get-session`, cookie cache', file: 'better-auth.ts' },
  ],
  loadRounds,
)

const [few, many] = isShort ? [1_000, 20_000] : [1_000, 1_000_000]
say('one user among others')
const costs = await questionCosts(few, many, isShort ? 2 : 7)

const page = resultsPage({ verifying, creating, serving, costs, few, many, rounds, loadRounds })
const file = new URL(isShort ? '../.latchkey/RESULTS.md' : '../RESULTS.md', import.meta.url)
writeFileSync(file, page)
process.stdout.write(page)
