import { hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type JsonObject, type Sessions, systemActor } from 'latchkey'
import { recordedPolicy } from '../policy/recorded-policy.ts'

/**
 * Writes `policy.changed` where the policy in force is not the one that was written last: with what there was, or null
 * where nothing is on record. Nodes that start at once with a new one may each write it.
 */
export async function recordPolicy(
  sessions: Pick<Sessions, 'policy' | 'listEvents' | 'recordEvents'>,
): Promise<void> {
  const newest = await sessions.listEvents({ types: ['policy.changed'] }, { cursor: null, limit: 1 })
  const before = newest.items[0]?.after ?? null
  const after = shortened(recordedPolicy(sessions.policy))
  if (isDeepStrictEqual(before, after)) return
  await sessions.recordEvents([{ type: 'policy.changed', actor: systemActor, before, after }])
}

/** In characters: the log takes what happened, and no document. */
const longest = 4_000

/** A policy of many rules, with a digest in their place by which a later one is told apart. */
function shortened(policy: JsonObject): JsonObject {
  if (JSON.stringify(policy).length <= longest) return policy
  const rules = JSON.stringify(policy['rules'])
  return { ...policy, rules: { sha256: hash('sha256', rules) } }
}
