import type { AlertOnWire, AlertStateOnWire, ResponseOnWire } from 'latchkey/client'

const states: Record<AlertStateOnWire, string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
  'false-alarm': 'False alarm',
}

export function stateName(state: AlertStateOnWire): string {
  return states[state]
}

/** What a detector may have happen, as a choice. */
export const responseNames: Record<ResponseOnWire, string> = {
  notify: 'Notify',
  'require-reauthentication': 'Require re-authentication',
  'end-session': 'End the session',
}

const responded: Record<ResponseOnWire, string> = {
  notify: 'Whoever could be told was told.',
  'require-reauthentication': 'The user has to prove anew who they are.',
  'end-session': 'The session was ended.',
}

/** What happened by itself, as a sentence; null: nothing, and nothing is to. */
export function responseText({ response, responded_at: at }: AlertOnWire): string | null {
  if (response === null) return null
  return at === null ? `${responseNames[response]}: about to happen.` : responded[response]
}

export function answerText(answer: NonNullable<AlertOnWire['answer']>): string {
  return answer === 'me' ? 'The user says: this was me.' : 'The user says: this was not me.'
}

/** Whom it is about. */
export function aboutWhom({
  user_label: label,
  user_id: id,
}: Pick<AlertOnWire, 'user_label' | 'user_id'>): string {
  return label ?? id ?? 'Nobody in particular'
}

/** The states that it can be put in from the one that it has, in the order of their buttons. */
export function nextStates(state: AlertStateOnWire): AlertStateOnWire[] {
  if (state === 'open') return ['acknowledged', 'resolved', 'false-alarm']
  if (state === 'acknowledged') return ['resolved', 'false-alarm', 'open']
  return ['open']
}

const verbs: Record<AlertStateOnWire, string> = {
  open: 'Open again',
  acknowledged: 'Acknowledge',
  resolved: 'Resolve',
  'false-alarm': 'False alarm',
}

export function stateVerb(state: AlertStateOnWire): string {
  return verbs[state]
}
