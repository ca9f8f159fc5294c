import type { RollupBatch } from '../../ports/rollup-store.ts'
import type { Statements } from './connection.ts'
import { toStoredText } from './stored-text.ts'

/**
 * Members that were not there yet are counted with what the batch brings. Everything is added in the order of its key, so
 * that two statements do not wait for one another in a circle.
 */
const addStatement = `WITH joined AS (
  INSERT INTO session_rollup_members (interval, start, measure, member)
  SELECT * FROM unnest(:memberIntervals::text[], :memberStarts::bigint[], :memberMeasures::text[], :members::text[])
    AS input (interval, start, measure, member) ORDER BY start, interval, measure, member
  ON CONFLICT DO NOTHING RETURNING interval, start, measure)
INSERT INTO session_rollups AS known (interval, start, measure, dimension, value, count, sum)
SELECT interval, start, measure, dimension, value, sum(count), sum(sum) FROM (
  SELECT * FROM unnest(:intervals::text[], :starts::bigint[], :measures::text[], :dimensions::text[], :values::text[],
    :counts::bigint[], :sums::bigint[]) AS input (interval, start, measure, dimension, value, count, sum)
  UNION ALL SELECT interval, start, measure, 'all', '', count(*), 0 FROM joined GROUP BY 1, 2, 3) AS added
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
ON CONFLICT (interval, start, measure, dimension, value) DO UPDATE
SET count = known.count + excluded.count, sum = known.sum + excluded.sum`

/** Adds them to what is there, in one statement. */
export async function addRollups(
  statements: Statements,
  { rollups, members }: Pick<RollupBatch, 'rollups' | 'members'>,
): Promise<void> {
  if (rollups.length === 0 && members.length === 0) return
  await statements.all(addStatement, {
    intervals: rollups.map(({ interval }) => interval),
    starts: rollups.map(({ start }) => start),
    measures: rollups.map(({ measure }) => measure),
    dimensions: rollups.map(({ dimension }) => dimension),
    values: rollups.map(({ value }) => toStoredText(value)),
    counts: rollups.map(({ count }) => count),
    sums: rollups.map(({ sum }) => sum),
    memberIntervals: members.map(({ interval }) => interval),
    memberStarts: members.map(({ start }) => start),
    memberMeasures: members.map(({ measure }) => measure),
    members: members.map(({ member }) => member),
  })
}
