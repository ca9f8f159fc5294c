import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

let trial: Trial

beforeEach(() => {
  trial = trialCommandLine()
})

afterEach(() => {
  // Neither opens a database, or makes one.
  expect(readdirSync(trial.directory)).toEqual([])
  trial.remove()
})

const rules = JSON.stringify([
  { name: 'admins', when: { roles: ['admin'] }, idle_timeout_seconds: 900 },
  { name: 'strangers', when: { device_trust: 'untrusted', assurance: ['aal1'] }, session_limit: 2 },
])
const flags = ['--policy-preset', 'nist-aal2', '--policy-rules', rules] as const

describe('policy explain', () => {
  it('says what a session would be granted, and what grants it', async () => {
    const { status, stdout } = await trial.run(
      'policy',
      'explain',
      ...flags,
      '--role',
      'admin',
      '--amr',
      'pwd',
    )
    expect(status).toBe(0)
    expect(stdout).toEqual([
      'A session of a user with role admin, on a device that is not trusted, signed in by pwd (aal1):',
      expect.stringMatching(/^ {2}absolute lifetime +1 day +for everybody +NIST SP 800-63B-4, 2\.2\.3/),
      expect.stringMatching(/^ {2}idle timeout +15 minutes +by rule admins$/),
      expect.stringMatching(/^ {2}rotation interval +never +for everybody$/),
      expect.stringMatching(/^ {2}session limit +2 +by rule strangers$/),
      expect.stringMatching(/^ {2}reauthentication window +1 day +for everybody$/),
      expect.stringMatching(/^ {2}network binding +off +for everybody$/),
    ])
  })

  it('counts each way of proving, and the trust in the device', async () => {
    const words = ['--amr', 'pwd', '--amr', 'otp', '--device-trust', 'untrusted'] as const
    const strange = await trial.json('policy', 'explain', ...flags, ...words)
    expect(strange).toMatchObject({ roles: [], device_trust: 'untrusted', amr: ['pwd', 'otp'] })
    expect(strange['terms']).toContainEqual({
      name: 'session_limit',
      value: null,
      set_by: 'default',
      source: null,
    })
  })

  it.each([[['--device-trust', 'known']], [['--policy-preset', 'nist']], [['--policy-rules', '[{}]']]])(
    'asked with %j is wrong usage',
    async (words) => {
      expect((await trial.run('policy', 'explain', ...words)).status).toBe(2)
    },
  )
})

describe('policy list', () => {
  it('prints the rules, the presets with their sources, and the levels that are not met', async () => {
    const { stdout } = await trial.run('policy', 'list', ...flags)
    const text = stdout.join('\n')
    expect(stdout[0]).toBe('For everybody (preset nist-aal2):')
    expect(text).toContain(
      'Rule strangers, for everybody on a device that is not trusted, signed in at aal1:',
    )
    expect(text).toMatch(/aal3 {2}not met {2}Sessions last 1 day, and 12 hours at most are allowed/)
    expect(text).toMatch(/Preset pci: PCI DSS[\s\S]*idle timeout +15 minutes +PCI DSS/)
  })

  it('prints one object, as the API has it', async () => {
    const { policy } = (await trial.json('policy', 'list', ...flags)) as { policy: { rules: object[] } }
    expect(policy).toMatchObject({ preset: 'nist-aal2', at_session_limit: 'end-least-recent' })
    expect(policy.rules).toHaveLength(2)
    expect(policy).not.toHaveProperty('explained')
  })
})
