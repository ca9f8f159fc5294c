import type { UserSession } from '../http-api/wire-types.ts'
import type { ConfirmationLabels, SessionLabels } from './session-labels.ts'
import type { SessionName } from './session-names.ts'
import type { LiveSessions } from './use-sessions.ts'

/** What the user has asked to end. */
export type EndingRequest =
  | { readonly kind: 'one'; readonly session: UserSession; readonly name: SessionName }
  | { readonly kind: 'others' }
  | { readonly kind: 'all' }

/** What they are told before it is done. */
export function confirmationFor(
  request: EndingRequest,
  live: LiveSessions,
  labels: SessionLabels,
): ConfirmationLabels {
  const thisOne = live.sessions.some((session) => session.is_current) ? 1 : 0
  if (request.kind === 'others') return labels.confirmOthers(live.totalCount - thisOne)
  if (request.kind === 'all') return labels.confirmAll(live.totalCount)
  const { device, details } = request.name
  const name = details === null ? device : `${device}, ${details}`
  return request.session.is_current ? labels.confirmThis(name) : labels.confirmOne(name)
}

export function carryOut(request: EndingRequest, live: LiveSessions): Promise<unknown> {
  if (request.kind === 'others') return live.revokeOtherSessions()
  if (request.kind === 'all') return live.revokeAllSessions()
  return live.revokeSession(request.session.id)
}
