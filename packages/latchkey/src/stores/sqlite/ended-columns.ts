import { type EndReason, endReasons } from '../../model/session.ts'

/** In which column of `forgotten_sessions` the endings of that reason are counted. */
export function endedColumn(reason: EndReason): `ended_${string}` {
  return `ended_${reason.replaceAll('-', '_')}`
}

/** All of those columns, in the order of `endReasons`. */
export const endedColumns: readonly string[] = endReasons.map(endedColumn)

/** For each of those columns what it is over rows of `user_sessions`. */
export const endedCounts: readonly string[] = endReasons.map(
  (reason) => `sum(end_reason = '${reason}') AS ${endedColumn(reason)}`,
)

export function endingsOf(countOf: (reason: EndReason) => number): Readonly<Record<EndReason, number>> {
  const counts = endReasons.map((reason) => [reason, countOf(reason)])
  return Object.fromEntries(counts) as Record<EndReason, number>
}
