import { finalChange } from '../cache/coherence.ts'
import { eventDigest } from './audit-chain.ts'
import type { ChangeOptions } from './change-options.ts'
import { originOf } from './change-origin.ts'
import { checkUserId } from './check-argument.ts'
import { forgetInBulkEndings } from './forget-in-bulk-endings.ts'
import type { Wiring } from './wiring.ts'

export async function forgetUser(
  wiring: Wiring,
  userId: string,
  options: ChangeOptions = {},
): Promise<number> {
  const checked = checkUserId('userId', userId)
  const origin = originOf(wiring, options)
  const selection = { kind: 'user', userId: checked, except: null } as const
  const { result } = await finalChange(wiring.coherence, selection, () =>
    wiring.storage.sessions.forgetUser(checked, origin, (event) => eventDigest(wiring.auditKey, event)),
  )
  for (const { id } of result) wiring.activity.forget(id)
  // Not before: one that runs would spare them, were the erasure to fail. Where this is never reached, another call does it.
  await forgetInBulkEndings(wiring, checked)
  return result.length
}
