import { type Duration, type Instant, minutes } from '../foundation/time.ts'

/** A claim that ends so much later than the new one would is of a clock that runs ahead. Shorter: clocks that differ a little take work from one another. */
export const aheadAtMost: Duration = minutes(1)

/**
 * Which process does work that one of many has to do. It saves work and promises nothing: whoever does it must be right also
 * when two do it at once, as clocks may differ.
 */
export interface WorkClaims {
  /**
   * Takes the work for `holder` until that instant, or goes on with it. False where another one holds it now. Atomic. A claim
   * that ends more than `aheadAtMost` after `until` is of a clock that is wrong, and is held against nobody: one whose holder was
   * killed would last as long as that clock ran ahead. All claims of one work should be of about one length.
   */
  claim(work: string, holder: string, now: Instant, until: Instant): Promise<boolean>
  /** Lets go of it; nothing is changed where another one holds it. */
  release(work: string, holder: string): Promise<void>
}
