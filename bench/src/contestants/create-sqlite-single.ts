import type { Preparation } from '../contestant.ts'
import { insertSession, plainSqliteFile } from '../databases/sqlite-file.ts'
import { plainDevice, plainRow } from '../session-row.ts'

const eventDevice = JSON.stringify({ type: 'unknown', browser: 'unknown', os: 'unknown' })

/** The rows that Latchkey writes for a session (itself, its event, the counter), in a transaction for each session. */
export const prepare: Preparation = async () => {
  const { database, close } = await plainSqliteFile()
  const [begin, commit] = [database.prepare('BEGIN IMMEDIATE'), database.prepare('COMMIT')]
  const session = database.prepare(insertSession)
  const counter = database.prepare(
    `INSERT INTO session_counters (name, value) VALUES ('created', 1)
     ON CONFLICT (name) DO UPDATE SET value = value + excluded.value`,
  )
  const event = database.prepare(
    `INSERT INTO session_events (type, at, session_id, user_id, actor, device)
     VALUES ('session.created', :createdAt, :id, :userId, 'user', :eventDevice)`,
  )
  const count = database.prepare('SELECT count(*) AS count FROM session_events')
  let made = 0
  return {
    run: async (times) => {
      for (let done = 0; done < times; done += 1) {
        made += 1
        const values = { ...plainRow(`user-${made % 10_000}`), device: plainDevice, eventDevice }
        begin.run()
        session.run(values)
        counter.run()
        event.run(values)
        commit.run()
      }
      if (count.get()?.['count'] !== made) throw new Error('Wrong answer')
    },
    close: async () => close(),
  }
}
