import type { Detector } from '../ports/detector.ts'
import { numberInWords } from './in-words.ts'

/** A source that shows many tokens that are none. */
export const refusedTokens: Detector = {
  name: 'refused-tokens',
  title: 'Many refused tokens from one source',
  definition:
    'A source showed so many tokens or API keys that are none that it was limited. It is named by a keyed digest, and no user is: the same source is one alert. A client that goes on with a session that has ended may do that, too.',
  attack: ['T1110'],
  // Tokens have 256 random bits: nobody guesses one, and it is worth knowing who tries.
  severity: 'low',
  observes: ['source-limited'],
  examine({ source, refused }) {
    const name = source ?? 'unknown'
    const how = refused === null ? 'too many refused tokens' : `${numberInWords(refused)} refused tokens`
    return {
      subject: `source:${name}`,
      reason: `The source ${name} showed ${how} and was limited.`,
      evidence: { source: name, refused },
    }
  },
}
