import type { EndingReceipt } from 'latchkey'

/** What a command says of how an ending became final on nodes that cache; nothing where there is none. */
export interface ProofOfEnding {
  readonly keep: (receipt: EndingReceipt) => void
  lines(): readonly string[]
  json(): Readonly<Record<string, unknown>>
}

export function proofOfEnding(): ProofOfEnding {
  let kept: EndingReceipt | null = null
  const receipt = (): EndingReceipt | null => (kept && kept.confirmed + kept.fenced > 0 ? kept : null)
  return {
    keep: (given) => {
      kept = given
    },
    lines: () => {
      const given = receipt()
      return given === null ? [] : [sentence(given)]
    },
    json: () => {
      const given = receipt()
      if (given === null) return {}
      const { confirmed, fenced, duration } = given
      return { confirmation: { nodes: confirmed, fenced, duration_ms: Math.ceil(duration) } }
    },
  }
}

function sentence({ confirmed, fenced, duration }: EndingReceipt): string {
  const nodes = `${confirmed} ${confirmed === 1 ? 'node' : 'nodes'} confirmed it`
  const others =
    fenced === 0
      ? ''
      : `; ${fenced} did not answer, and ${fenced === 1 ? 'its lease was' : 'their leases were'} waited out`
  return `No node accepts it any more: ${nodes}${others}, after ${Math.ceil(duration)} ms.`
}
