import { expect, it } from 'vitest'
import { endReasonText } from './end-reason-text.ts'

it.each([
  ['revoked', 'user:usr_1', 'Ended by the user'],
  ['revoked', 'admin:usr_2', 'Ended by an administrator'],
  ['revoked', 'service:key_1', 'Ended by an application'],
  ['revoked', 'command-line', 'Ended from the command line'],
  ['revoked', null, 'Ended'],
  ['logout', 'user:usr_1', 'Signed out'],
  ['idle-timeout', 'system', 'Timed out'],
  [null, null, 'Expired'],
] as const)('%s by %s reads "%s"', (reason, actor, words) => {
  expect(endReasonText({ end_reason: reason, ended_by: actor })).toBe(words)
})
