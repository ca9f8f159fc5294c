import { beforeAll, describe, expect, it } from 'vitest'
import { sqliteConnection } from './connection.ts'
import { askForEverything } from './every-statement.fake.ts'

interface Planned {
  readonly sql: string
  readonly steps: readonly string[]
}

const planned: Planned[] = []

beforeAll(async () => {
  const connection = sqliteConnection(':memory:', () => {})
  await askForEverything(connection)
  for (const sql of connection.statements()) {
    const rows = connection.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    planned.push({ sql, steps: rows.map((row) => row.detail) })
  }
  connection.close('for-good')
})

function scans({ steps }: Planned): readonly string[] {
  return steps.filter((step) =>
    /^SCAN (user_sessions|user_devices|user_histories|forgotten|session_(events|claims|cut_offs|audit_links|rollup|alerts))/.test(
      step,
    ),
  )
}

describe('the plan of every statement', () => {
  it('reads a whole table in no statement about one user, one session, one key or one batch', () => {
    const aboutFew = planned.filter(({ sql }) =>
      /:(userId|id|keyHash|replaces|endedBefore|limit \d|position|after|before|afterId|from|deviceId|lastSeenBefore|seenBefore)\b/.test(
        sql,
      ),
    )
    expect(aboutFew.length).toBeGreaterThan(30)
    expect(aboutFew.filter((plan) => scans(plan).length > 0)).toEqual([])
  })

  it('walks the newest sessions by their index where every session is asked for', () => {
    const walks = planned.filter((plan) => scans(plan).length > 0)
    const countsLive =
      /^SELECT .* FROM user_sessions INDEXED BY user_sessions_by_use WHERE invalidated_at IS NULL AND/s
    const inOrder =
      /INDEXED BY ((user_sessions|session_cut_offs|session_alerts)_newest|session_alerts_(unanswered|with_notes))|ORDER BY last DESC LIMIT 1$/
    const others = walks.filter(({ sql }) => !inOrder.test(sql) && !countsLive.test(sql))
    expect(others.map(({ sql }) => sql)).toEqual([
      'SELECT count(*) AS count FROM user_sessions WHERE +invalidated_at IS NULL',
      // Whoever is erased; users are seldom erased, and cut-offs are few.
      'UPDATE session_cut_offs SET set_by = :nobody WHERE set_by IN (:asUser, :asAdmin)',
    ])
    for (const plan of walks) {
      if (plan.sql.includes('ORDER BY created_at')) expect(plan.steps.join()).not.toContain('TEMP B-TREE')
    }
  })

  it('tallies by the index of an address, a range, a combination or a period, and else those that are open', () => {
    const indexes = planned.flatMap(({ sql, steps }) => {
      const index =
        / GROUP BY 1, 2 ORDER BY 1, 2$/.test(sql) && /INDEXED BY (user_sessions_\w+)/.exec(sql)?.[1]
      if (!index) return []
      expect(steps.join()).toContain(index)
      return [index.replace('user_sessions_', '')]
    })
    const [few, others] = [
      ['by_user', 'by_address', 'by_range'],
      ['newest', 'by_facets', 'by_use', 'ended'],
    ]
    expect(new Set(indexes)).toEqual(new Set([...few, ...others]))
  })

  it('reads the live sessions of a user, and only those, in the order of their index', () => {
    const own = planned.filter(
      ({ sql }) => /:userId\b.* AND \(is_active = 1/s.test(sql) && !sql.includes('sum('),
    )
    expect(own.length).toBeGreaterThan(10)
    for (const { sql, steps } of own) {
      expect(steps[0]).toContain('user_sessions_by_user (user_id=? AND shard=? AND is_active=?')
      if (sql.includes('ORDER BY created_at')) expect(steps.join()).not.toContain('FOR ORDER BY')
    }
  })

  it('collects the combinations of facets that match, and reads the sessions of each newest first by their index', () => {
    const ofSet = planned.filter(({ sql }) => sql.includes('facet_set = :facetSet'))
    expect(ofSet.length).toBeGreaterThan(5)
    for (const { steps } of ofSet) {
      expect(steps[0]).toMatch(/user_sessions_by_facets \(facet_set=\? AND created_at>\?/)
      expect(steps.join()).not.toContain('TEMP B-TREE')
    }
  })

  it('reaches alerts by their user, session, severity or matter, and what is closed from the oldest on', () => {
    const found = planned.filter(({ sql }) => /INDEXED BY session_alerts_\w+\s+\S/.test(sql))
    expect(found.length).toBeGreaterThan(12)
    for (const { sql, steps } of found) {
      const index = /INDEXED BY (session_alerts_\w+)/.exec(sql)?.[1] ?? ''
      expect(steps.join()).toContain(index)
      if (!/unresolved|by_session/.test(index)) expect(steps.join()).not.toContain('FOR ORDER BY')
    }
  })

  it('reaches the few that a search matches by their indexes', () => {
    const found = planned.filter(({ sql }) => /rowid IN .*:text.*ORDER BY created_at/s.test(sql))
    expect(found.length).toBeGreaterThan(0)
    for (const { steps } of found) expect(steps[0]).toMatch(/^SEARCH user_sessions USING INTEGER PRIMARY KEY/)
  })

  it('reaches one session or one device by its primary key', () => {
    const one = planned.filter(({ sql }) => /\bid = :(id|replaces) AND shard = :shard/.test(sql))
    expect(one.length).toBeGreaterThan(9)
    for (const { steps } of one) {
      expect(steps[0]).toMatch(
        /^SEARCH user_(sessions|devices) USING INDEX sqlite_autoindex_\S+ \(id=\? AND shard=\?\)$/,
      )
    }
  })

  it('ends the sessions of a device among the live ones of its user', () => {
    const ending = planned.filter(({ sql }) => /^UPDATE user_sessions.*device_id = :deviceId/s.test(sql))
    expect(ending).toHaveLength(3)
    for (const { steps } of ending) {
      expect(steps[0]).toContain('user_sessions_by_user (user_id=? AND shard=? AND is_active=?')
    }
  })

  it('fades from the oldest session on, and seals anew in the order of ids, without sorting', () => {
    const fading = planned.filter(({ sql }) => /^UPDATE user_sessions.*:from/s.test(sql))
    expect(fading).toHaveLength(2)
    for (const { steps } of fading) {
      expect(steps.join()).toContain('user_sessions_newest (created_at>? AND created_at<?)')
      expect(steps.join()).not.toContain('FOR ORDER BY')
    }
    const sealing = planned.filter(({ sql }) => sql.includes(':prefix'))
    expect(sealing).toHaveLength(2)
    for (const { steps } of sealing)
      expect(steps).toEqual([expect.stringMatching(/autoindex_\S+ \(id>\?\)$/)])
  })

  it('finds events by the session, user, actor or time that is asked for, and else reads on from the newest', () => {
    const listed = planned.filter(
      ({ sql }) => sql.startsWith('SELECT * FROM session_events') && sql.includes(':end'),
    )
    expect(listed.length).toBeGreaterThan(50)
    for (const { sql, steps } of listed) {
      const index = /session_events INDEXED BY (\w+)\s+WHERE \+position/.exec(sql)?.[1]
      expect(steps[0]).toContain(index ? `USING INDEX ${index} (` : 'USING INTEGER PRIMARY KEY (rowid')
      if (!index) expect(steps.join()).not.toContain('FOR ORDER BY')
    }
  })

  it('looks up the cut-offs of a session by their keys', () => {
    const reading = planned.filter(({ sql }) => sql.includes('AS not_before'))
    expect(reading.length).toBeGreaterThan(10)
    for (const { steps } of reading) {
      const looks = steps.filter((step) => step.includes('session_cut_offs'))
      for (const look of looks)
        expect(look).toMatch(/^SEARCH session_cut_offs USING PRIMARY KEY \(subject[=>]\?\)/)
    }
  })

  it('finds the devices that nobody uses by their index, and asks each user’s live sessions for them', () => {
    const unused = planned.filter(({ sql }) => sql.includes(':lastSeenBefore'))
    expect(unused).toHaveLength(1)
    expect(unused[0]?.steps.join()).toContain('user_devices_by_use (last_seen_at<?)')
    expect(unused[0]?.steps.join()).toContain('user_sessions_by_user (user_id=? AND shard=? AND is_active=?')
  })

  it('reads what is overdue, faded or forgotten from the front of their index', () => {
    const overdue = planned.filter(
      ({ sql }) =>
        /^(UPDATE|DELETE|INSERT).*INDEXED BY user_(sessions|devices)_/s.test(sql) &&
        !sql.includes('GROUP BY'),
    )
    expect(overdue).toHaveLength(14)
    for (const { steps } of overdue) expect(steps.join()).not.toContain('FOR ORDER BY')
  })
})
