import type { Pace } from './table.ts'

/** `hours`: for how long memory is watched under load, where that is asked for. */
export function paceOf(length: Pace['length'], hours: string | undefined): Pace {
  const asked = hours === undefined ? null : Number(hours)
  if (asked !== null && !(asked > 0)) throw new Error('--hours takes a number above zero.')
  return length === 'short'
    ? {
        length,
        rounds: { count: 1, duration: 500 },
        loadRounds: { count: 1, duration: 1_000 },
        minutesUnderLoad: asked === null ? 0.25 : asked * 60,
      }
    : {
        length,
        rounds: { count: 5, duration: 1_500 },
        loadRounds: { count: 3, duration: 3_000 },
        minutesUnderLoad: asked === null ? 2 : asked * 60,
      }
}
