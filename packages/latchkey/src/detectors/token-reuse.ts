import type { Detector } from '../ports/detector.ts'

/** A token that is used after it was replaced. */
export const tokenReuse: Detector = {
  name: 'token-reuse',
  title: 'Replaced token used',
  definition:
    'A token was shown that a newer one had replaced, and the session has ended: two held what one should. A browser that was restored from a backup does that, too. It needs tokens to be replaced (`rotationInterval`, or a renewal).',
  attack: ['T1550.004', 'T1539'],
  severity: 'high',
  observes: ['token-reused'],
  examine({ sessionId }) {
    return {
      subject: `session:${sessionId}`,
      reason: 'A token that had been replaced was used; its session has ended.',
      evidence: { session: sessionId },
    }
  },
}
