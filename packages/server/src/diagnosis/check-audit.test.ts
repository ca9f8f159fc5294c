import { type AuditVerification, before, forever, instantOf, minutes, seconds } from 'latchkey'
import { expect, it } from 'vitest'
import { checkAudit } from './check-audit.ts'
import { checkCutOffs } from './check-cut-offs.ts'

const now = instantOf(Date.parse('2026-06-01T12:00:00Z'))
const intact: AuditVerification = { kind: 'intact', events: 7, unlinked: 0, from: now, head: '7:00' }

it('an audit log whose chain holds is fine, also while its newest events wait for their link', () => {
  expect(checkAudit({ now, oldestUnlinkedAt: null, verification: intact }).status).toBe('ok')
  const waiting = { now, oldestUnlinkedAt: before(now, minutes(1)), verification: intact }
  expect(checkAudit(waiting).status).toBe('ok')
})

it('events that nobody links are warned of, and a broken chain failed with its place', () => {
  const lagging = { now, oldestUnlinkedAt: before(now, seconds(61)), verification: intact }
  expect(checkAudit(lagging)).toMatchObject({ status: 'warning', saw: expect.stringContaining('61 s') })
  const verification: AuditVerification = { kind: 'broken', first: 12, last: 40, fault: 'altered' }
  expect(checkAudit({ now, oldestUnlinkedAt: null, verification })).toMatchObject({
    status: 'failed',
    saw: expect.stringContaining('between 12 and 40 (altered)'),
  })
})

it('without the secret the chain is not looked at', () => {
  expect(checkAudit({ now, oldestUnlinkedAt: null, verification: null }).status).toBe('skipped')
})

const cutOff = {
  scope: { kind: 'user', userId: '42' },
  setAt: now,
  by: 'system',
  note: null,
} as const

it('cut-offs of the past and users who are disabled are as they should be', () => {
  const cutOffs = [
    { ...cutOff, notBefore: now },
    { ...cutOff, notBefore: forever },
  ]
  expect(checkCutOffs({ now, cutOffs })).toMatchObject({
    status: 'ok',
    saw: expect.stringContaining('disabled: 1'),
  })
})

it('a cut-off of the future failed, and says until when', () => {
  const cutOffs = [{ ...cutOff, notBefore: instantOf(now + 60_000) }]
  expect(checkCutOffs({ now, cutOffs })).toMatchObject({
    status: 'failed',
    saw: expect.stringContaining('user 42, 2026-06-01T12:01:00.000Z'),
  })
})

it('everybody who is cut off for ever failed', () => {
  const cutOffs = [{ ...cutOff, scope: { kind: 'everybody' } as const, notBefore: forever }]
  expect(checkCutOffs({ now, cutOffs }).status).toBe('failed')
})
