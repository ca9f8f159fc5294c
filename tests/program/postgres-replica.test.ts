import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresReplica, startReplica } from '../postgres-replica.ts'
import { databaseUrl, type PostgresUnderTest, startPostgres } from '../running-postgres.ts'
import { runCommand } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'

let postgres: PostgresUnderTest
let replica: PostgresReplica | undefined

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await replica?.[Symbol.asyncDispose]()
  await postgres.dispose()
})

it('a replica is refused, and doctor says so, whether it has the tables or not', async () => {
  const [empty, filled] = [await postgres.newSchema(), await postgres.newSchema()]
  const folder = temporaryFolder()
  await runCommand(folder, ['migrate'], { LATCHKEY_DATABASE_URL: databaseUrl(filled) })
  replica = await startReplica(postgres, filled)
  const { port } = replica
  for (const settings of [empty, filled]) {
    const LATCHKEY_DATABASE_URL = databaseUrl(settings, { port })
    const started = await runCommand(folder, ['serve'], { LATCHKEY_DATABASE_URL, LATCHKEY_PORT: '0' })
    expect(started).toMatchObject({
      status: 1,
      stderr: 'The server is a read-only replica; name its primary instead.\n',
    })
    const { stdout } = await runCommand(folder, ['doctor'], { LATCHKEY_DATABASE_URL })
    expect(stdout).toMatch(
      /^failed +database .*The server is a read-only replica\.\n +To mend: Name its primary/,
    )
  }
})
