import fc from 'fast-check'
import type { FuzzedParser } from './fuzzed-parser.ts'
import { headerParsers } from './header-parsers.ts'
import { programParsers } from './query-parsers.ts'
import { textParsers } from './text-parsers.ts'

export interface FuzzOptions {
  readonly seed: number
  /** In milliseconds, for all parsers together. */
  readonly duration: number
  readonly print: (line: string) => void
}

/** What a run came to. */
export interface FuzzFigures {
  /** How many inputs each parser was given. */
  readonly inputs: ReadonlyMap<string, number>
  /** A sentence for each parser that did something that it does not declare. */
  readonly faults: readonly string[]
}

const inputsATurn = 200

/** Gives every parser its turn, again and again with new inputs, until the time is over. One at fault gets no other turn. */
export async function fuzz({ seed, duration, print }: FuzzOptions): Promise<FuzzFigures> {
  await using program = await programParsers()
  const parsers = [...headerParsers, ...textParsers, ...program.parsers]
  const inputs = new Map<string, number>(parsers.map(({ name }) => [name, 0]))
  const faults = new Map<string, string>()
  const end = performance.now() + duration
  for (let round = 0; performance.now() < end; round += 1) {
    for (const parser of parsers) {
      if (faults.has(parser.name)) continue
      const fault = await faultOf(parser, seed + round)
      inputs.set(parser.name, (inputs.get(parser.name) ?? 0) + inputsATurn)
      if (fault === null) continue
      faults.set(parser.name, fault)
      print(fault)
    }
  }
  return { inputs, faults: [...faults.values()] }
}

async function faultOf(parser: FuzzedParser, seed: number): Promise<string | null> {
  const property = fc.asyncProperty(parser.input, async (text) => parser.read(text))
  const found = await fc.check(property, { seed, numRuns: inputsATurn })
  if (!found.failed) return null
  const { counterexample, errorInstance } = found
  return `${parser.name}: ${JSON.stringify(counterexample)} (seed ${seed}): ${String(errorInstance)}`
}
