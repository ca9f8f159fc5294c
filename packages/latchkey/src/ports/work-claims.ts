import type { Instant } from '../foundation/time.ts'

/**
 * Which process does work that one of many has to do. It saves work and promises nothing: whoever does it must be right also
 * when two do it at once, as clocks may differ.
 */
export interface WorkClaims {
  /**
   * Takes the work for `holder` until that instant, or goes on with it. False where another one holds it now. Atomic. A claim
   * that ends more than a minute after `until` is of a clock that is wrong, and is held against nobody: one whose holder was
   * killed would last as long as that clock ran ahead. All claims of one work should be of about one length.
   */
  claim(work: string, holder: string, now: Instant, until: Instant): Promise<boolean>
  /** Lets go of it; nothing is changed where another one holds it. */
  release(work: string, holder: string): Promise<void>
}
