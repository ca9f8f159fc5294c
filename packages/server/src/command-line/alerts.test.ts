import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sampleAlert } from '../mail/alert-fixture.fake.ts'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let trial: Trial
const open = sampleAlert({ id: `alr_${'a'.repeat(26)}`, sessionId: null, response: null, severity: 'high' })
const over = sampleAlert({ id: `alr_${'b'.repeat(26)}`, sessionId: null, response: null, state: 'resolved' })

beforeEach(async () => {
  trial = trialCommandLine()
  await trial.withProgram(async ({ storage }) => {
    for (const alert of [open, over]) await storage.alerts.add(alert, [])
  })
})

afterEach(() => trial.remove())

describe('alerts', () => {
  it('list shows those that somebody has to look at, and others where they are asked for', async () => {
    const { stdout } = await trial.run('alerts', 'list')
    expect(stdout).toHaveLength(1)
    expect(stdout[0]).toMatch(new RegExp(`^${open.id} .*high.*open.*ann.*The first sign-in from Norway\\.$`))
    const ids = async (...words: string[]) =>
      ((await trial.json('alerts', 'list', ...words)) as { alerts: { id: string }[] }).alerts
        .map(({ id }) => id)
        .sort()
    expect(await ids('--state', 'all')).toEqual([open.id, over.id])
    expect(await ids('--state', 'all', '--severity', 'high')).toEqual([open.id])
    expect(await ids('--user', 'bob')).toEqual([])
    expect((await trial.run('alerts', 'list', '--detector', 'nothing')).stdout).toEqual(['No alert fits.'])
    expect(await trial.json('alerts', 'list', '--state', 'all', '--limit', '1')).toMatchObject({
      has_more: true,
    })
  })

  it('show prints one, and says which does not exist', async () => {
    const { stdout } = await trial.run('alerts', 'show', open.id)
    expect(stdout.join('\n')).toContain('The first sign-in from Norway.')
    expect(await trial.run('alerts', 'show', 'alr_')).toMatchObject({
      status: 1,
      stderr: ['There is no alert alr_; latchkey alerts list shows those that there are.'],
    })
  })

  it('change does what is named, in the name of the command line', async () => {
    const changed = await trial.json(
      'alerts',
      'change',
      open.id,
      '--state',
      'false-alarm',
      '--note',
      'A trip.',
    )
    expect(changed).toMatchObject({
      alert: { state: 'false-alarm', notes: [{ by: 'command-line', text: 'A trip.' }], version: 2 },
    })
    expect((await trial.run('alerts', 'change', open.id)).status).toBe(2)
    expect((await trial.run('alerts', 'change', open.id, '--state', 'closed')).status).toBe(2)
    expect((await trial.run('alerts', 'change', 'alr_', '--state', 'open')).status).toBe(1)
    expect((await trial.run('alerts', 'change', open.id, '--assign', 'nobody@example.com')).status).toBe(1)
  })
})

describe('mutes', () => {
  it('are added, listed and removed', async () => {
    const { mute } = (await trial.json('mutes', 'add', '--network', 'AS64500', '--note', 'VPN')) as {
      mute: { id: string }
    }
    expect(mute).toMatchObject({ network: 64_500, by: 'command-line', until: null })
    expect((await trial.run('mutes', 'list')).stdout).toEqual([`${mute.id}  AS64500  for ever  VPN`])
    expect((await trial.run('mutes', 'remove', mute.id)).status).toBe(0)
    expect((await trial.run('mutes', 'remove', mute.id)).status).toBe(1)
    expect((await trial.run('mutes', 'list')).stdout).toEqual(['Nothing is muted.'])
  })

  it.each([['--network', 'AS'], ['--detector', 'nothing'], ['--until', 'tomorrow'], []])(
    'add %j %j is refused',
    async (...words) => expect((await trial.run('mutes', 'add', ...words)).status).toBe(2),
  )
})

describe('detectors', () => {
  it('are listed, set, and set by names that exist only', async () => {
    expect((await trial.run('detectors', 'list')).stdout.join('\n')).toMatch(/impossible-travel +observe/)
    expect(await trial.run('detectors', 'set', 'impossible-travel', '--mode', 'enforce')).toMatchObject({
      status: 0,
      stdout: [expect.stringMatching(/^impossible-travel: enforce, /)],
    })
    expect((await trial.run('detectors', 'set', 'impossible-travel')).status).toBe(2)
    expect((await trial.run('detectors', 'set', 'nothing', '--mode', 'off')).status).toBe(1)
  })

  it('backtest says whom a draft would have concerned, and needs one that can be', async () => {
    await trial.withProgram(({ sessions }) => sessions.createSession({ userId: 'ann' }))
    const draft = ['--draft', 'impossible-travel=enforce:end-session']
    expect((await trial.run('detectors', 'backtest', ...draft)).stdout[0]).toBe(
      'Of 1 sessions, 0 would have been answered: 0 ended, 0 asked to prove who they are, 0 told.',
    )
    expect(await trial.json('detectors', 'backtest')).toMatchObject({ sessions: 1, affected: [] })
    for (const wrong of [
      'impossible-travel',
      'nothing=off',
      'impossible-travel=on',
      'impossible-travel=off:end',
    ]) {
      expect((await trial.run('detectors', 'backtest', '--draft', wrong)).status).toBe(2)
    }
  })
})
