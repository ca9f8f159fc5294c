import { readFile } from 'node:fs/promises'
import { AddressRanges } from './address-ranges.ts'
import {
  type AddressRange,
  compareRanges,
  compareWords,
  type ReadAddress,
  readRange,
} from './address-text.ts'
import { UnusableFile } from './unusable-file.ts'

/** Addresses of which somebody has said that they are of one kind. */
export interface NetworkList {
  readonly size: number
  holds(address: ReadAddress): boolean
}

/**
 * Reads one address or CIDR a line; what stands behind `#` is a remark. Ranges may overlap and come in any order.
 * Rejects with `UnusableFile`, which names the line but not what stands in it.
 */
export async function readNetworkList(path: string): Promise<NetworkList> {
  const found: AddressRange[] = []
  for (const [index, line] of (await linesOf(path)).entries()) {
    const text = (line.split('#')[0] ?? '').trim()
    if (text === '') continue
    const range = readRange(text)
    if (range === null)
      throw new UnusableFile(path, `has a line ${index + 1} that is neither an address nor a CIDR`)
    found.push(range)
  }
  const ranges = new AddressRanges()
  for (const { first, last } of apart(found)) ranges.add(first, last, 0)
  return { size: found.length, holds: ({ words }) => ranges.find(words) !== null }
}

async function linesOf(path: string): Promise<readonly string[]> {
  try {
    return (await readFile(path, 'utf8')).split('\n')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new UnusableFile(path, `cannot be read (${code ?? 'error'})`, { cause })
  }
}

/** Sorted by family and first address; those that overlap as one. */
function apart(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = ranges.toSorted(compareRanges)
  const merged: AddressRange[] = []
  for (const range of sorted) {
    const before = merged.at(-1)
    const overlaps =
      before !== undefined &&
      before.first.length === range.first.length &&
      compareWords(range.first, before.last) <= 0
    if (!overlaps) merged.push(range)
    else if (compareWords(range.last, before.last) > 0)
      merged[merged.length - 1] = { first: before.first, last: range.last }
  }
  return merged
}
