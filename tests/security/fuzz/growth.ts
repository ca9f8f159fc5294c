import type { FuzzedParser } from './fuzzed-parser.ts'

const shortest = 4_096
const doublings = 4
/** Linear time grows by 2 with each doubling, quadratic by 4. Between them lies what a busy machine adds. */
const tolerated = 3
/** In milliseconds. What is over sooner is no work that somebody could make us do. */
const negligible = 2

/**
 * Sentences for inputs whose time grows faster than their length: each piece that is the most work for the parser,
 * over and over, from 4 KiB to 64 KiB. Measures time, and so belongs into runs that somebody watches.
 */
export async function superlinear({
  name,
  beginnings = [],
  repeated,
  read,
}: FuzzedParser): Promise<readonly string[]> {
  const faults: string[] = []
  const inputs = ['', ...beginnings].flatMap((start) => repeated.map((piece) => ({ start, piece })))
  for (const { start, piece } of inputs) {
    const text = (length: number): string => start + piece.repeat(Math.ceil(length / piece.length))
    const short = await leastTime(read, text(shortest))
    const long = await leastTime(read, text(shortest * 2 ** doublings))
    if (long > negligible && long / short > tolerated ** doublings)
      faults.push(
        `${name}: ${JSON.stringify(start)} and then ${JSON.stringify(piece)} takes ${short.toFixed(2)} ms, and 16 times of it ${long.toFixed(1)} ms`,
      )
  }
  return faults
}

async function leastTime(read: FuzzedParser['read'], text: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < 7; attempt += 1) {
    const startedAt = performance.now()
    // What it makes of it is for the fuzz to judge.
    await Promise.resolve()
      .then(() => read(text))
      .catch(() => {})
    least = Math.min(least, performance.now() - startedAt)
  }
  return least
}
