import type { Contestant } from '../contestant.ts'

const sessionCount = 1_000

/** A thousand sessions in turn, each answer compared with whose it is; `tokenOf` makes one for a user. */
export async function verifyInTurn(
  tokenOf: (userId: string) => Promise<string>,
  userOf: (token: string) => Promise<string | null>,
  close: () => Promise<void>,
): Promise<Contestant> {
  const tokens: string[] = []
  for (let index = 0; index < sessionCount; index += 1) tokens.push(await tokenOf(`user-${index}`))
  let next = 0
  return {
    run: async (times) => {
      for (let done = 0; done < times; done += 1) {
        const index = next % sessionCount
        if ((await userOf(tokens[index] ?? '')) !== `user-${index}`) throw new Error('Wrong answer')
        next += 1
      }
    },
    close,
  }
}
