import { finalChange } from '../cache/coherence.ts'
import { checkUserId } from './check-argument.ts'
import type { Wiring } from './wiring.ts'

export async function forgetUser(wiring: Wiring, userId: string): Promise<number> {
  const checked = checkUserId('userId', userId)
  const selection = { kind: 'user', userId: checked, except: null } as const
  const { result } = await finalChange(wiring.coherence, selection, () =>
    wiring.storage.sessions.forgetUser(checked),
  )
  for (const { id } of result) wiring.activity.forget(id)
  return result.length
}
