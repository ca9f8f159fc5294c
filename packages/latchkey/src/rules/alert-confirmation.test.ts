import { expect, it } from 'vitest'
import { instantOf } from '../foundation/time.ts'
import { mayConfirm } from './alert-confirmation.ts'

const alert = { sessionId: 'ses_aaaaaaaaaaaaaaaaaaaaaaaa', firstAt: instantOf(1_000) } as const

it.each([
  ['the session that it is about, though it is older', alert.sessionId, 1, false],
  ['a session that began at the same moment', 'ses_b', 1_000, false],
  ['a session that began later', 'ses_b', 1_001, false],
  ['a session that was there before', 'ses_b', 999, true],
] as const)('"this was me" in %s: %s at %i counts: %s', (_which, id, createdAt, counts) => {
  expect(mayConfirm(alert, { id: id as typeof alert.sessionId, createdAt: instantOf(createdAt) })).toBe(
    counts,
  )
})
