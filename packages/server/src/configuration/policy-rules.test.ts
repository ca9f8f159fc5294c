import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { minutes } from 'latchkey'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-program.ts'
import { loadSettings } from './load-settings.ts'

const nowhere = '/nonexistent'
const admins = {
  name: 'admins',
  when: { roles: ['admin'], device_trust: 'untrusted', assurance: ['aal1'] },
  idle_timeout_seconds: 900,
  absolute_lifetime_seconds: 28_800,
  rotation_interval_seconds: 600,
  session_limit: 2,
  reauthentication_window_seconds: 300,
  network_binding: 'end',
}

function rulesOf(value: string, workingDirectory = nowhere) {
  return loadSettings({ environment: { LATCHKEY_POLICY_RULES: value }, workingDirectory })
}

describe('rules of the policy', () => {
  it('are read from JSON, with every condition and every term', async () => {
    const { policyRules, origins } = await rulesOf(JSON.stringify([admins]))
    expect(policyRules).toEqual([
      {
        name: 'admins',
        when: { roles: ['admin'], deviceTrust: 'untrusted', assurance: ['aal1'] },
        idleTimeout: minutes(15),
        absoluteLifetime: minutes(480),
        rotationInterval: minutes(10),
        sessionLimit: 2,
        reauthenticationWindow: minutes(5),
        networkBinding: 'end',
      },
    ])
    expect(origins.find(({ name }) => name === 'policyRules')).toMatchObject({
      shown: 'admins',
      source: 'environment',
    })
  })

  it('are read from a file, which is sought from the working directory', async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, 'rules.json'), '[{ "name": "all", "session_limit": 3 }]')
    const { policyRules } = await rulesOf('./rules.json', folder.path)
    expect(policyRules).toEqual([{ name: 'all', when: {}, sessionLimit: 3 }])
  })

  it('are taken as they are from latchkey.config.ts', async () => {
    await using folder = await temporaryFolder()
    await writeFile(
      join(folder.path, 'latchkey.config.ts'),
      "export default { policyRules: [{ name: 'all', idle_timeout_seconds: 60 }] }",
    )
    const { policyRules } = await loadSettings({ environment: {}, workingDirectory: folder.path })
    expect(policyRules).toEqual([{ name: 'all', when: {}, idleTimeout: minutes(1) }])
  })

  it.each([
    [{ idle_timeout_seconds: 0 }, 'idle_timeout_seconds must be at least 1.'],
    [{ idle_timeout_seconds: '900' }, 'idle_timeout_seconds must be a whole number.'],
    [{ absolute_lifetime_seconds: 1.5 }, 'absolute_lifetime_seconds must be a whole number.'],
    [{ session_limit: 1_001 }, 'session_limit must be at most 1000.'],
    [{ network_binding: 'on' }, 'network_binding must be one of off, observe, end.'],
    [{ idleTimeout: 900 }, 'has "idleTimeout", which is no term; there are name, when, absolute_lifetime'],
    [{ when: { role: ['admin'] } }, 'when has "role", which is no condition; there are roles, device_trust'],
    [{ when: { roles: [] } }, 'when.roles must name one at least.'],
    [{ when: { roles: 'admin' } }, 'when.roles must be a list of names.'],
    [{ when: { device_trust: 'known' } }, 'when.device_trust must be one of trusted, untrusted.'],
    [{ when: { assurance: ['aal4'] } }, 'when.assurance must be a list of aal1, aal2, aal3.'],
    [{ when: 5 }, 'when must be an object.'],
  ])('with %o are refused in one sentence that names rule and field', async (change, message) => {
    await expect(rulesOf(JSON.stringify([{ ...admins, ...change }]))).rejects.toThrow(
      `LATCHKEY_POLICY_RULES: rule "admins": ${message}`,
    )
  })

  it.each([
    ['[{"name":"a"}]', 'LATCHKEY_POLICY_RULES: rule "a": says nothing; it needs one of absolute_lifetime'],
    ['[{"name":"A B","session_limit":1}]', 'rule "A B": name must have 1 to 64 characters of a to z'],
    ['[{"name":"default","session_limit":1}]', 'rule "default": name must not be default or requested.'],
    ['[{"session_limit":1}]', 'LATCHKEY_POLICY_RULES: rule 1: name must be text.'],
    ['[7]', 'LATCHKEY_POLICY_RULES: rule 1: must be an object.'],
    ['{"name":"a"}', 'LATCHKEY_POLICY_RULES must hold an array of rules.'],
    ['[{]', /^LATCHKEY_POLICY_RULES is no JSON: /],
    [
      '/nonexistent/rules.json',
      /^LATCHKEY_POLICY_RULES names the file \/nonexistent\/rules.json, which does/,
    ],
    [
      '[{"name":"a","session_limit":1},{"name":"a","session_limit":2}]',
      'LATCHKEY_POLICY_RULES: two rules have the name "a".',
    ],
  ])('%s is refused', async (text, message) => {
    await expect(rulesOf(text)).rejects.toThrow(message)
  })
})
