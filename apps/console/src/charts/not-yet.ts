import type { TimePoint } from './time-point.ts'

/** Leaves out what has not begun yet: a period that ends today would fall to 0 otherwise. */
export function blankAhead(points: readonly TimePoint[], now: number): TimePoint[] {
  return points.map((point) =>
    Date.parse(point.start) > now && point.values.every((value) => !value)
      ? { ...point, values: point.values.map(() => null) }
      : point,
  )
}
