import { type Clock, type Duration, minutes } from 'latchkey'

/** Shorter: each page of the console that is opened reads sessions. Longer: who has mended it is told for longer that it is broken. */
const memory: Duration = minutes(1)

/** Looks once in a while, however often it is asked, and remembers nothing of a look that failed. */
export function rememberedBriefly<Seen>(
  look: () => Promise<Seen>,
  clock: Pick<Clock, 'monotonic'>,
): () => Promise<Seen> {
  let known: { readonly until: number; readonly seen: Promise<Seen> } | null = null
  return async () => {
    if (known !== null && clock.monotonic() < known.until) return known.seen
    const asked = { until: clock.monotonic() + memory, seen: look() }
    known = asked
    try {
      return await asked.seen
    } catch (error) {
      if (known === asked) known = null
      throw error
    }
  }
}
