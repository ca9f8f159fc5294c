import { hash, randomBytes } from 'node:crypto'
import type { Preparation } from '../contestant.ts'

interface Known {
  readonly userId: string
  readonly expiresAt: number
}

/** The least that anything with hashed tokens in memory must do: one SHA-256, one look-up, one comparison. */
export const prepare: Preparation = async () => {
  const sessions = new Map<string, Known>()
  const tokens = Array.from({ length: 1_000 }, (_, index) => {
    const token = randomBytes(32).toString('base64url')
    sessions.set(hash('sha256', token, 'base64'), {
      userId: `user-${index}`,
      expiresAt: Date.now() + 3_600_000,
    })
    return token
  })
  const verify = async (token: string): Promise<Known | null> => {
    const known = sessions.get(hash('sha256', token, 'base64'))
    return known !== undefined && known.expiresAt > Date.now() ? known : null
  }
  let next = 0
  return {
    run: async (times) => {
      for (let done = 0; done < times; done += 1) {
        const index = next % tokens.length
        if ((await verify(tokens[index] ?? ''))?.userId !== `user-${index}`) throw new Error('Wrong answer')
        next += 1
      }
    },
    close: async () => {},
  }
}
