import type { Need } from './databases/running-database.ts'
import type { Rounds } from './interleave.ts'
import type { Shown } from './shown.ts'

/** How long everything takes. */
export interface Pace {
  readonly length: 'whole' | 'short'
  /** In process. */
  readonly rounds: Rounds
  /** Over HTTP. */
  readonly loadRounds: Rounds
  /** How long memory is watched under load, in minutes. */
  readonly minutesUnderLoad: number
}

/** What a table brings to the page. */
export interface Section {
  readonly title: string
  /** Markdown. */
  readonly text: string
  readonly shown: readonly Shown[]
}

export interface Table {
  /** The word by which `--only` chooses it. */
  readonly name: string
  readonly needs: readonly Need[]
  measure(pace: Pace): Promise<Section>
}
