import type { Logger } from 'pino'
import { type CoherenceMetrics, coherenceMetrics } from './coherence-metrics.ts'

/** What a process that serves knows of itself. */
export interface ProgramLife {
  /** It has been told to end; then it is not ready, though it still answers. */
  isStopping: boolean
  readonly coherence: CoherenceMetrics
}

export function newProgramLife(logger: Logger): ProgramLife {
  return { isStopping: false, coherence: coherenceMetrics(logger) }
}
