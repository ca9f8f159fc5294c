/** A database that the run has started, for all that is measured. */
export interface RunningDatabase {
  readonly url: string
  /** For the page. */
  readonly version: string
  stop(): Promise<void>
}

/** What a contestant may need besides itself. */
export type Need = 'postgres' | 'redis'

/** The variables of the environment by which the contestants' processes learn where the databases are. */
export const urlVariables: Readonly<Record<Need, string>> = {
  postgres: 'BENCH_POSTGRES_URL',
  redis: 'BENCH_REDIS_URL',
}

export function urlOf(need: Need): string {
  const url = process.env[urlVariables[need]]
  if (url === undefined) throw new Error(`This one needs ${need}, and it is not running.`)
  return url
}

export function isRunning(need: Need): boolean {
  return process.env[urlVariables[need]] !== undefined
}
