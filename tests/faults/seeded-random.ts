/** All chances of a run come from one seed. */
export interface SeededRandom {
  /** From 0 up to 1, which it never is. */
  next(): number
  /** A whole number from 0 up to `below`, which it never is. */
  below(below: number): number
  between(least: number, most: number): number
  isBelow(share: number): boolean
  /** One of them; there must be one. */
  of<Item>(items: readonly Item[]): Item
}

export function seededRandom(seed: number): SeededRandom {
  const next = mulberry32(seed)
  const below = (most: number): number => Math.floor(next() * most)
  return {
    next,
    below,
    between: (least, most) => least + next() * (most - least),
    isBelow: (share) => next() < share,
    of<Item>(items: readonly Item[]): Item {
      const [item] = items.slice(below(items.length))
      if (item === undefined) throw new RangeError('there is nothing to choose from')
      return item
    },
  }
}

/** A seed for a part of what has that seed: parts do not repeat one another. */
export function seedOfPart(seed: number, part: number): number {
  const random = mulberry32(seed ^ Math.imul(part + 1, 0x9e3779b1))
  random()
  return Math.floor(random() * 4_294_967_296)
}

/** Small, and the same on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
