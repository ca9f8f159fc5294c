import type { FuzzedParser } from './fuzzed-parser.ts'

const shortest = 1_024
const longest = 65_536
/** Linear time grows by 2 with each doubling, quadratic by 4. Between them lies what a busy machine adds. */
const tolerated = 3
/** In milliseconds. What is over sooner is no work that somebody could make us do. */
const negligible = 2
/** In milliseconds. */
const tooLong = 200

/**
 * Sentences for inputs whose time grows faster than their length: each piece that is the most work for the parser,
 * over and over, from 1 KiB to 64 KiB. Measures time, and so belongs into runs that somebody watches.
 */
export async function superlinear({
  name,
  beginnings = [],
  repeated,
  read,
}: FuzzedParser): Promise<readonly string[]> {
  const inputs = ['', ...beginnings].flatMap((start) => repeated.map((piece) => ({ start, piece })))
  const faults: string[] = []
  for (const { start, piece } of inputs) {
    const fault = await faultOf(read, (length) => start + piece.repeat(Math.ceil(length / piece.length)))
    if (fault !== null)
      faults.push(`${name}: ${JSON.stringify(start)} and then ${JSON.stringify(piece)} ${fault}`)
  }
  return faults
}

/** From one length to the next, so that what is cubic is found before it takes for ever. */
async function faultOf(read: FuzzedParser['read'], text: (length: number) => string): Promise<string | null> {
  const short = await leastTime(read, text(shortest))
  let limit = short
  for (let length = shortest * 2; length <= longest; length *= 2) {
    limit *= tolerated
    const long = await leastTime(read, text(length))
    if (long > Math.max(limit, negligible))
      return `takes ${short.toFixed(2)} ms of 1 KiB, and ${long.toFixed(1)} ms of ${length / 1_024} KiB`
  }
  return null
}

async function leastTime(read: FuzzedParser['read'], text: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  // What takes long is not tried again: that it was the machine is then for people to find out.
  for (let attempt = 0; attempt < 7 && (attempt === 0 || least < tooLong); attempt += 1) {
    const startedAt = performance.now()
    // What it makes of it is for the fuzz to judge.
    await Promise.resolve()
      .then(() => read(text))
      .catch(() => {})
    least = Math.min(least, performance.now() - startedAt)
  }
  return least
}
