import { randomBytes } from 'node:crypto'
import { Client, Pool } from 'pg'
import { urlOf } from './running-database.ts'

/**
 * An empty database on the cluster of the run, for one contestant: notifications stay within a database, so that
 * none hears another's. It goes with the cluster.
 */
export async function freshDatabase(): Promise<string> {
  const url = new URL(urlOf('postgres'))
  const name = `measured_${randomBytes(8).toString('hex')}`
  const client = new Client({ connectionString: url.href })
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  url.pathname = `/${name}`
  return url.href
}

/** So many connections as an application would have, unless told otherwise. */
export function poolOn(url: string, connections = 10): Pool {
  return new Pool({ connectionString: url, max: connections }).on('error', () => {})
}
