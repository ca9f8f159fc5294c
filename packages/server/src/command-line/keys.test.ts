import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let trial: Trial
beforeEach(() => {
  trial = trialCommandLine()
})
afterEach(() => trial.remove())

const aKey = { id: expect.stringMatching(/^[a-z2-7]{8}$/), created_at: expect.stringMatching(/Z$/) }

async function signInOnce({ withProgram }: Trial): Promise<void> {
  await withProgram(async ({ sessions }) => {
    await sessions.createSession({ userId: 'ada', ipAddress: '192.0.2.77', userAgent: 'Canary/4.2' })
  })
}

function sql(command: string): unknown[] {
  const database = new DatabaseSync(`${trial.directory}/.latchkey/latchkey.db`)
  try {
    return database.prepare(command).all()
  } finally {
    database.close()
  }
}

it('lists the keys of each table, and that everything is sealed by them', async () => {
  await signInOnce(trial)
  const nothingLeft = { in_clear: 0, by_earlier_key: 0, unreadable: 0, is_whole: true }
  expect(await trial.json('keys', 'list')).toEqual({
    tables: [
      { table: 'user_sessions', keys: [{ ...aKey, state: 'writing' }], ...nothingLeft },
      { table: 'user_devices', keys: [{ ...aKey, state: 'writing' }], ...nothingLeft },
    ],
  })
  const { status, stdout, stderr } = await trial.run('keys', 'list')
  expect([status, stderr]).toEqual([0, []])
  expect(stdout).toEqual([
    expect.stringMatching(/^[a-z2-7]{8} {2}user_sessions {2}\S+Z {2}in use$/),
    expect.stringMatching(/^[a-z2-7]{8} {2}user_devices {3}\S+Z {2}in use$/),
  ])
})

it('rotates: values are sealed by a new key, and the old one stays for now', async () => {
  await signInOnce(trial)
  const rotated = await trial.json('keys', 'rotate')
  expect(rotated).toEqual({
    tables: [
      {
        ...{ table: 'user_sessions', key: aKey.id, rotation: 'begun', sealed: 2, unreadable: 0 },
        ...{ retired: [], kept: [aKey.id], retirable_at: aKey.created_at },
      },
      expect.objectContaining({ table: 'user_devices', rotation: 'begun', sealed: 0 }),
    ],
  })
  const again = await trial.run('keys', 'rotate')
  expect(again.status).toBe(0)
  expect(again.stdout.join('\n')).toMatch(
    /^user_sessions: went on with the rotation to key .*: 0\.\n {2}Key \S+ stays until .*, for servers/,
  )
  const [row] = (await trial.json('sessions', 'list'))['sessions'] as Record<string, unknown>[]
  expect(row).toMatchObject({ ip_address: '192.0.2.77' })
})

it('says how far it has got', async () => {
  const watched = trialCommandLine('terminal')
  await signInOnce(watched)
  const { stderr } = await watched.run('keys', 'rotate')
  expect(stderr).toEqual(['Values sealed: 2'])
  watched.remove()
})

it('with the keys gone, commands say so and go on, and doctor warns of values that cannot be read', async () => {
  await signInOnce(trial)
  sql('DELETE FROM session_data_keys')
  const { status, stderr, stdout } = await trial.run('sessions', 'list')
  expect(status).toBe(0)
  expect(stderr).toEqual([expect.stringMatching(/^Addresses and user agents .* cannot be read/)])
  expect(stdout.join('\n')).not.toContain('192.0.2.77')
  const { checks } = (await trial.json('doctor')) as { checks: Record<string, unknown>[] }
  expect(checks.find(({ check }) => check === 'data-keys')).toMatchObject({
    status: 'warning',
    saw: expect.stringContaining('2 in user_sessions'),
  })
  const { stdout: listed } = await trial.run('keys', 'list')
  expect(listed.at(-1)).toBe('Values in user_sessions: 2 that cannot be read.')
})

it('values in clear, as an older version left them, are sealed by a rotation', async () => {
  await signInOnce(trial)
  sql('DELETE FROM session_data_keys')
  sql(
    `UPDATE user_sessions SET ip_address = '192.0.2.77', address_key = '192.0.2.77', user_agent = 'Canary/4.2'`,
  )
  const { stderr } = await trial.run('keys', 'rotate')
  expect(stderr).toEqual([expect.stringMatching(/^user_sessions holds values in clear/)])
  const stored = JSON.stringify(sql('SELECT ip_address, address_key, user_agent FROM user_sessions'))
  for (const text of ['192.0.2.77', 'Canary']) expect(stored).not.toContain(text)
  const found = await trial.json('sessions', 'list', '--address', '192.0.2.77')
  expect(found['sessions']).toHaveLength(1)
})

it('fails where there is no database', async () => {
  const { status, stderr } = await trial.run('keys', 'rotate')
  expect([status, stderr.join('')]).toEqual([1, expect.stringMatching(/^There is no database at /)])
})
