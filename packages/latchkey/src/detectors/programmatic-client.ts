import type { Detector } from '../ports/detector.ts'
import { clientInWords } from './in-words.ts'

/** A session of a browser that a program uses. */
export const programmaticClient: Detector = {
  name: 'programmatic-client',
  title: 'Browser session used by a program',
  definition:
    'A session of a browser is used by a program: curl, an HTTP library, a crawler, a browser under remote control. Sessions that programs or applications began are theirs to use. Whoever sends the header of a browser is not told from one.',
  attack: ['T1539', 'T1550.004'],
  severity: 'high',
  observes: ['client-changed'],
  examine({ sighting, before, sessionId }) {
    if (sighting === null || before?.client !== 'browser') return null
    if (sighting.client !== 'program' && sighting.client !== 'bot') return null
    const [from, to] = [clientInWords(before), clientInWords(sighting)]
    return {
      subject: `session:${sessionId}`,
      reason: `A session of ${from} is used by a program, ${to}.`.replace(
        'a program, a program',
        'a program',
      ),
      evidence: { from, to, client: sighting.client },
    }
  },
}
