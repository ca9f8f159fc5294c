import type { Preparation } from '../contestant.ts'
import { luciaSessions } from '../peers/lucia-sessions.ts'
import { verifyInTurn } from './verify-in-turn.ts'

export const prepare: Preparation = async () => {
  const sessions = luciaSessions('as-it-comes')
  return verifyInTurn(sessions.create, sessions.userOf, async () => {})
}
