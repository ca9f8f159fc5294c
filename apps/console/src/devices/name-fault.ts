/** What the API takes, in characters. */
const longest = 60

/** Why a device cannot be called that, in words; null where it can. An empty name takes the name away. */
export function nameFault(name: string): string | null {
  const length = [...name].length
  return length > longest ? `A name has at most ${longest} characters; this one has ${length}.` : null
}
