import { toIso } from 'latchkey'
import { expectThat, madeSession, type SelftestAction, type SelftestSubject } from './selftest-subject.ts'

/** Ten minutes: where the program is killed in the middle, what it left is of no use to anybody soon after. */
const lifetimeInSeconds = 600

async function create(subject: SelftestSubject): Promise<string> {
  for (const type of ['desktop', 'mobile'] as const) {
    const { session, token } = await subject.sessions.createSession({
      userId: subject.userId,
      deviceInfo: { type, browser: 'Selftest' },
      expiresInSeconds: lifetimeInSeconds,
      createdBy: 'command-line',
    })
    subject.made.push({ id: session.id, token })
  }
  return `made ${subject.made.map(({ id }) => id).join(' and ')}`
}

async function list(subject: SelftestSubject): Promise<string> {
  const listed = await subject.sessions.getActiveSessionsByUser(subject.userId)
  const ids = new Set<string>(listed.map((session) => session.id))
  expectThat(
    listed.length === 2 && subject.made.every(({ id }) => ids.has(id)),
    `listed ${listed.length}, not the 2 that were made`,
  )
  return 'listed both'
}

async function count(subject: SelftestSubject): Promise<string> {
  const counted = await subject.sessions.getSessionCountByUser(subject.userId)
  expectThat(counted === 2, `counted ${counted}, not 2`)
  return 'counted 2'
}

async function analytics(subject: SelftestSubject): Promise<string> {
  const { totalSessions, activeSessions, deviceTypes } = await subject.sessions.getSessionAnalytics(
    subject.userId,
  )
  const saw = `${totalSessions} in all, ${activeSessions} active, ${deviceTypes['desktop'] ?? 0} desktop, ${deviceTypes['mobile'] ?? 0} mobile`
  expectThat(saw === '2 in all, 2 active, 1 desktop, 1 mobile', saw)
  return saw
}

async function activity(subject: SelftestSubject): Promise<string> {
  const { id, token } = madeSession(subject, 0)
  const verification = await subject.sessions.verifySession(token)
  expectThat(
    verification.active,
    `the token of a live session was refused: ${verification.active || verification.reason}`,
  )
  const listed = await subject.sessions.getActiveSessionsByUser(subject.userId)
  const lastAccessedAt = listed.find((session) => session.id === id)?.lastAccessedAt ?? null
  expectThat(lastAccessedAt !== null, 'the use of a session was not noted')
  return `the token was accepted, and the use noted: ${toIso(lastAccessedAt)}`
}

async function endOne(subject: SelftestSubject): Promise<string> {
  const { id, token } = madeSession(subject, 0)
  const ended = await subject.sessions.invalidateSession(id, { by: 'command-line', ofUser: subject.userId })
  expectThat(ended, 'a live session could not be ended')
  const verification = await subject.sessions.verifySession(token)
  expectThat(!verification.active, 'the token of an ended session was accepted')
  expectThat(
    verification.reason === 'revoked',
    `the token was refused as ${verification.reason}, not as revoked`,
  )
  return 'ended it; its token is refused'
}

async function endAll(subject: SelftestSubject): Promise<string> {
  const ended = await subject.sessions.invalidateAllUserSessions(subject.userId, { by: 'command-line' })
  expectThat(ended === 1, `ended ${ended}, not the 1 that was left`)
  const left = await subject.sessions.getSessionCountByUser(subject.userId)
  expectThat(left === 0, `${left} left after all were ended`)
  return 'ended the one that was left; none is active'
}

async function cleanup(subject: SelftestSubject): Promise<string> {
  const { session, token } = await subject.sessions.createSession({
    userId: subject.userId,
    expiresInSeconds: 1,
    createdBy: 'command-line',
  })
  subject.made.push({ id: session.id, token })
  await subject.waitASecond()
  const verification = await subject.sessions.verifySession(token)
  expectThat(!verification.active, 'the token of an expired session was accepted')
  await subject.sessions.cleanupExpiredSessions()
  const reason = (await subject.sessions.getSession(session.id))?.endReason ?? 'nothing'
  expectThat(reason === 'expired', `a session past its deadline ended for ${reason}, not as expired`)
  return 'a session past its deadline was refused, and ended as expired'
}

/** In order. What comes after needs what came before. */
export const selftestActions: readonly SelftestAction[] = [
  { name: 'create', run: create },
  { name: 'list', run: list },
  { name: 'count', run: count },
  { name: 'analytics', run: analytics },
  { name: 'activity', run: activity },
  { name: 'end one', run: endOne },
  { name: 'end all', run: endAll },
  { name: 'cleanup', run: cleanup },
]
