import type { Preparation } from '../contestant.ts'
import { jwtSessions } from '../peers/jwt-sessions.ts'
import { verifyInTurn } from './verify-in-turn.ts'

export const prepare: Preparation = async () => {
  const sessions = jwtSessions()
  return verifyInTurn(sessions.create, sessions.userOf, async () => {})
}
