import type { SealingNotice } from 'latchkey/sealed'

const remedies = 'docs/privacy.md says what to do'

/** What a notice means, for whoever runs the program. */
export function sealingSentence(notice: SealingNotice): string {
  switch (notice.kind) {
    case 'keys-lost': {
      const what = notice.table === 'user_devices' ? 'Fingerprints' : 'Addresses and user agents'
      return `${what} that were sealed by ${keysOf(notice.keyIds)} cannot be read: not in the key ring, or wrapped under another master secret. They show as unknown; sessions go on, and new values are sealed by another key. ${remedies}.`
    }
    case 'values-in-clear':
      return `${notice.table} holds values in clear, as an older version left them; a running server seals them in the background, latchkey keys rotate at once.`
    case 'sealed-anew':
      return `${notice.values} values of ${notice.table} were sealed by its newest data key.`
  }
}

function keysOf(ids: readonly string[]): string {
  return ids.length === 1 ? `data key ${ids[0]}` : `data keys ${ids.join(', ')}`
}
