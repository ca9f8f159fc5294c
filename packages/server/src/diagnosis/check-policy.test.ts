import { minutes, type PolicyRule, type SessionPolicy, seconds } from 'latchkey'
import { expect, it } from 'vitest'
import { policyOfSettings } from '../program/policy-of-settings.ts'
import { settingsIn, temporaryFolder } from '../testing/temporary-program.ts'
import { checkPolicy } from './check-policy.ts'

async function policyWith(
  rules: readonly PolicyRule[],
  environment: Readonly<Record<string, string>> = {},
): Promise<SessionPolicy> {
  await using folder = await temporaryFolder()
  return { ...policyOfSettings(await settingsIn(folder, environment)), rules }
}

const admins: PolicyRule = { name: 'admins', when: { roles: ['admin'] }, idleTimeout: minutes(15) }

it('a rule that is stricter than what holds for everybody is fine', async () => {
  expect(checkPolicy({ policy: await policyWith([admins]), preset: null }).status).toBe('ok')
})

it.each<[string, readonly PolicyRule[], string]>([
  ['as loose as everybody', [{ ...admins, idleTimeout: seconds(604_800) }], 'admins'],
  ['as loose as a wider rule', [{ ...admins, name: 'all', when: {} }, admins], 'admins'],
  ['the same as an earlier one', [admins, { ...admins, name: 'again' }], 'again'],
  [
    'that binds less than a wider rule',
    [
      { name: 'all', when: {}, networkBinding: 'end' },
      { name: 'some', when: { deviceTrust: 'trusted' }, networkBinding: 'observe' },
    ],
    'some',
  ],
])('a rule that is %s is warned of', async (_name, rules, named) => {
  expect(checkPolicy({ policy: await policyWith(rules), preset: null })).toMatchObject({
    status: 'warning',
    saw: expect.stringMatching(new RegExp(`: ${named}\\.$`)),
  })
})

it('a rule beside one of other roles, or with a term of its own, changes something', async () => {
  const others: PolicyRule = { ...admins, name: 'others', when: { roles: ['support'] } }
  const limited: PolicyRule = { ...admins, name: 'limited', sessionLimit: 2 }
  expect(checkPolicy({ policy: await policyWith([admins, others, limited]), preset: null }).status).toBe('ok')
})

it('a network binding without addresses to go by is warned of', async () => {
  const binding: PolicyRule = { name: 'bound', when: {}, networkBinding: 'end' }
  const finding = async (environment: Readonly<Record<string, string>>, rules = [binding]) =>
    checkPolicy({ policy: await policyWith(rules, environment), preset: null })
  expect(await finding({ LATCHKEY_ADDRESS_PRIVACY: 'none' })).toMatchObject({
    status: 'warning',
    saw: expect.stringContaining('keeps no address'),
  })
  expect(await finding({ LATCHKEY_ADDRESS_PRIVACY: 'truncated' })).toMatchObject({ status: 'ok' })
  expect(await finding({ LATCHKEY_ADDRESS_PRIVACY: 'none' }, [])).toMatchObject({ status: 'ok' })
  const bound = { LATCHKEY_NETWORK_BINDING: 'end', LATCHKEY_ADDRESS_PRIVACY: 'none' }
  expect(await finding(bound, [])).toMatchObject({ status: 'warning' })
})

it('a preset that a single setting loosens is warned of, and one that it tightens is not', async () => {
  const preset = { LATCHKEY_POLICY_PRESET: 'nist-aal2' }
  const finding = async (idle: string) =>
    checkPolicy({
      policy: await policyWith([], { ...preset, LATCHKEY_IDLE_TIMEOUT_SECONDS: idle }),
      preset: 'nist-aal2',
    })
  expect(await finding('7200')).toMatchObject({
    status: 'warning',
    saw: expect.stringContaining('idle_timeout_seconds.'),
  })
  expect((await finding('0')).status).toBe('warning')
  expect((await finding('600')).status).toBe('ok')
  expect(checkPolicy({ policy: await policyWith([], preset), preset: 'nist-aal2' }).status).toBe('ok')
})
