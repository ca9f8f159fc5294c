/** What one client of a program that is killed knows about its own calls. */
export type HistoryEntry =
  /** The program said that it had created the session. */
  | { readonly kind: 'created'; readonly id: string }
  /** An ending was sent; until it is answered, nobody knows whether it has happened. */
  | { readonly kind: 'end-sent'; readonly id: string }
  /** The program said that it had ended the session. */
  | { readonly kind: 'ended'; readonly id: string }

/** What the program says about a session after it has been started again. */
export type Afterwards = 'live' | 'ended' | 'unknown'

/**
 * What is wrong: an acknowledged session that is gone or has ended without anybody asking for it, and an
 * acknowledged ending that is undone. An ending without an answer may have happened or not.
 */
export function faultsOfHistory(
  history: readonly HistoryEntry[],
  afterwards: ReadonlyMap<string, Afterwards>,
): string[] {
  const created = new Set<string>()
  const sent = new Set<string>()
  const ended = new Set<string>()
  const faults: string[] = []
  for (const { kind, id } of history) {
    if (kind === 'created' && created.has(id)) faults.push(`${id} was created twice`)
    if (kind === 'created') created.add(id)
    if (kind === 'end-sent') sent.add(id)
    if (kind === 'ended') ended.add(id)
  }
  for (const id of created) {
    const state = afterwards.get(id) ?? 'unknown'
    if (state === 'unknown') faults.push(`${id} was acknowledged and is gone`)
    else if (ended.has(id) && state === 'live') faults.push(`${id} was ended and lives again`)
    else if (!sent.has(id) && state === 'ended') faults.push(`${id} has ended and nobody asked for it`)
  }
  return faults
}
