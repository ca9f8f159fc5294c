import { killChildren } from '../child-process.ts'
import { startedPostgres } from './postgres-server.ts'
import { startedRedis } from './redis-server.ts'
import { type Need, type RunningDatabase, urlVariables } from './running-database.ts'

/** Starts what is needed, lets `work` and its children know, and stops it again. `versions` is for the page. */
export async function withDatabases<Result>(
  needs: ReadonlySet<Need>,
  work: (versions: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const running: RunningDatabase[] = []
  try {
    if (needs.has('postgres')) running.push(tell('postgres', await startedPostgres()))
    if (needs.has('redis')) {
      const redis = await startedRedis()
      if (redis) running.push(tell('redis', redis))
      else process.stderr.write('redis-server is not installed: what needs it is left out\n')
    }
    return await work(running.map(({ version }) => version))
  } finally {
    killChildren()
    for (const database of running) await database.stop()
  }
}

function tell(need: Need, database: RunningDatabase): RunningDatabase {
  process.env[urlVariables[need]] = database.url
  return database
}
