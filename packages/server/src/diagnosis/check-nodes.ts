import { type Duration, inSeconds, seconds } from 'latchkey'
import { type Finding, ok, warning } from './finding.ts'

/** A process that is registered to answer from its cache. */
export interface NodeFacts {
  /** Host name and process id. */
  readonly name: string
  readonly isFenced: boolean
  /** How long ago it renewed its lease, by the database's clock. */
  readonly sinceRenewal: Duration
}

/** A node renews each half second and holds its lease for two: what is silent for longer holds none. */
const silence: Duration = seconds(2)

export function checkNodes(nodes: readonly NodeFacts[]): Finding {
  const gone = nodes.filter(({ isFenced, sinceRenewal }) => isFenced || sinceRenewal > silence)
  if (gone.length > 0) {
    return warning(
      'nodes',
      `Registered and silent: ${gone.map(described).join(', ')}. Registered in all: ${nodes.length}.`,
      'They were killed, are suspended, or are cut off from the database; look at their logs. No ending is unsafe: the first one waits until their leases are surely over and takes them out.',
    )
  }
  if (nodes.length === 0) {
    return ok('nodes', 'No node answers from its cache: none runs, or all run with LATCHKEY_CACHE=none.')
  }
  const lag = Math.max(...nodes.map(({ sinceRenewal }) => inSeconds(sinceRenewal)))
  const names = nodes.map(({ name }) => name).join(', ')
  return ok(
    'nodes',
    `Answering from their caches: ${names}. All renewed their lease within ${lag.toFixed(1)} s.`,
  )
}

function described({ name, isFenced, sinceRenewal }: NodeFacts): string {
  return `${name} (${isFenced ? 'fenced' : 'not fenced'}, silent for ${inSeconds(sinceRenewal).toFixed(1)} s)`
}
