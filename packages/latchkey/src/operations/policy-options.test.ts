import { expect, it } from 'vitest'
import { days, hours } from '../foundation/time.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { createSessions } from './sessions.ts'

const rule = { name: 'admins', when: { roles: ['admin'] }, idleTimeout: hours(1) }

it.each([
  ['rotationInterval', { rotationInterval: 0 }],
  ['sessionLimit', { sessionLimit: 0 }],
  ['sessionLimit', { sessionLimit: 1.5 }],
  ['atSessionLimit', { atSessionLimit: 'end-newest' }],
  ['reauthenticationWindow', { reauthenticationWindow: -1 }],
  ['networkBinding', { networkBinding: 'on' }],
  ['auditRetention', { auditRetention: '400' }],
  ['alertRetention', { alertRetention: 0 }],
  ['rollupHourRetention', { rollupHourRetention: Number.NaN }],
  ['rollupDayRetention', { rollupDayRetention: days(3_654) }],
  ['historyRetention', { historyRetention: -1 }],
  ['rules', { rules: {} }],
  ['rules', { rules: new Array(101).fill(rule) }],
  ['rules[0]', { rules: [null] }],
  ['rules[0].name', { rules: [{ ...rule, name: 'Admins' }] }],
  ['rules[0].name', { rules: [{ ...rule, name: 'default' }] }],
  ['rules[0].name', { rules: [{ ...rule, name: 'requested' }] }],
  ['rules[1].name', { rules: [rule, rule] }],
  ['rules[1].idleTimeout', { rules: [rule, { ...rule, name: 'others', idleTimeout: 0 }] }],
  ['rules[0].sessionLimit', { rules: [{ ...rule, sessionLimit: 0 }] }],
  ['rules[0].networkBinding', { rules: [{ ...rule, networkBinding: 'on' }] }],
  ['rules[0].idleTimout', { rules: [{ ...rule, idleTimout: hours(1) }] }],
  ['rules[0].toString', { rules: [{ ...rule, toString: 1 }] }],
  ['rules[0]', { rules: [{ name: 'nothing', when: {} }] }],
  ['rules[0]', { rules: [{ name: 'nothing', when: {}, idleTimeout: null }] }],
  ['rules[0].when', { rules: [{ ...rule, when: 'always' }] }],
  ['rules[0].when.role', { rules: [{ ...rule, when: { role: 'admin' } }] }],
  ['rules[0].when.roles', { rules: [{ ...rule, when: { roles: [] } }] }],
  ['rules[0].when.deviceTrust', { rules: [{ ...rule, when: { deviceTrust: 'some' } }] }],
  ['rules[0].when.assurance', { rules: [{ ...rule, when: { assurance: ['aal4'] } }] }],
])('the option %s is refused: %o', async (field, options) => {
  const opening = createSessions({ storage: memoryStorage(), ...(options as object) })
  await expect(opening).rejects.toMatchObject({ code: 'invalid-argument', field })
})

it('a rule is taken over as it is at that moment', async () => {
  const roles = ['admin']
  const sessions = await createSessions({
    storage: memoryStorage(),
    rules: [{ ...rule, when: { roles, deviceTrust: 'untrusted', assurance: ['aal1'] } }],
  })
  roles.push('everybody')
  expect(sessions.policy.rules).toEqual([
    { ...rule, when: { roles: ['admin'], deviceTrust: 'untrusted', assurance: ['aal1'] } },
  ])
  await sessions.close()
})
