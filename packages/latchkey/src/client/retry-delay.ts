const firstDelay = 1_000
/** Longer, and a stream that could be had again stays away needlessly; shorter, and a server in trouble gets more of it. */
const longestDelay = 60_000

/**
 * How long to wait before the stream is tried again, in milliseconds: doubling from one second to a minute.
 * Half of it is random, so that the pages of a server that was restarted do not return in one moment.
 */
export function retryDelay(attempt: number, random: number): number {
  const whole = Math.min(longestDelay, firstDelay * 2 ** Math.min(attempt, 16))
  return whole / 2 + (whole / 2) * random
}
