import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let trial: Trial
let desk: string
let phone: string
let others: string

beforeEach(async () => {
  trial = trialCommandLine()
  await trial.withProgram(async ({ sessions }) => {
    const start = async (userId: string) => (await sessions.createSession({ userId })).session.id
    desk = await start('ada')
    phone = await start('ada')
    others = await start('bo')
  })
})

afterEach(() => trial.remove())

async function live(): Promise<string[]> {
  const { sessions } = (await trial.json('sessions', 'list')) as { sessions: { id: string }[] }
  return sessions.map(({ id }) => id).sort()
}

describe('sessions revoke', () => {
  it('ends one session, says so, and is on record as who did it', async () => {
    expect(await trial.run('sessions', 'revoke', desk)).toEqual({
      status: 0,
      stdout: [`Session ${desk} has ended.`],
      stderr: [],
    })
    const session = await trial.withProgram(({ sessions }) => sessions.getSession(desk))
    expect(session).toMatchObject({ isActive: false, endReason: 'revoked', endedBy: 'command-line' })
    expect(await live()).toEqual([phone, others].sort())
    expect(await trial.run('sessions', 'revoke', desk)).toEqual({
      status: 1,
      stdout: [],
      stderr: [`Session ${desk} had ended already (revoked).`],
    })
  })

  it('prints one object', async () => {
    expect(await trial.json('sessions', 'revoke', desk)).toEqual({ revoked: true, id: desk })
  })

  it.each(['ses_aaaaaaaaaaaaaaaaaaaaaaaa', 'ses_', 'ada', ''])('knows no session %j', async (id) => {
    const { status, stdout, stderr } = await trial.run('sessions', 'revoke', id)
    expect({ status, stdout }).toEqual({ status: 1, stdout: [] })
    expect(stderr).toEqual(['There is no session of that id.'])
  })

  it.each([
    [[]],
    [['ses_aaaaaaaaaaaaaaaaaaaaaaaa', '--user', 'ada']],
    [['ses_aaaaaaaaaaaaaaaaaaaaaaaa', '--except', 'ses_aaaaaaaaaaaaaaaaaaaaaaab']],
    [['ses_aaaaaaaaaaaaaaaaaaaaaaaa', 'ses_aaaaaaaaaaaaaaaaaaaaaaab']],
  ])('asked with %j is wrong usage, and ends nothing', async (words) => {
    expect((await trial.run('sessions', 'revoke', ...words)).status).toBe(2)
    expect(await live()).toHaveLength(3)
  })

  it('ends nothing when the session to spare is not one of the user', async () => {
    const { status, stderr } = await trial.run('sessions', 'revoke', '--user', 'ada', '--except', others)
    expect(status).toBe(1)
    expect(stderr.join()).toContain('nothing was ended')
    expect(await live()).toHaveLength(3)
  })

  it('ends all sessions of a user but one, then all of them, and nobody elses', async () => {
    const spared = await trial.json('sessions', 'revoke', '--user', 'ada', '--except', phone)
    expect(spared).toEqual({ revoked_count: 1, user_id: 'ada' })
    expect(await live()).toEqual([phone, others].sort())
    const all = await trial.run('sessions', 'revoke', '--user', 'ada')
    expect(all.stdout).toEqual(['1 session of ada ended.'])
    const none = await trial.run('sessions', 'revoke', '--user', 'ada')
    expect(none).toEqual({ status: 0, stdout: ['No session of ada was active.'], stderr: [] })
    expect(await live()).toEqual([others])
  })
})
