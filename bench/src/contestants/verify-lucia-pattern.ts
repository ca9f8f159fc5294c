import type { Preparation } from '../contestant.ts'
import { luciaPatternSessions } from '../peers/lucia-pattern-sessions.ts'
import { verifyInTurn } from './verify-in-turn.ts'

export const prepare: Preparation = async () => {
  const sessions = luciaPatternSessions()
  return verifyInTurn(sessions.create, sessions.userOf, async () => {})
}
