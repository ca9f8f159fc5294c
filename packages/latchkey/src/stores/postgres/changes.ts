/** What goes with a change that writes events. */
export interface Changes {
  /** What it waits for before it begins. */
  settled(): Promise<unknown>
  /** Called once it is committed, for what nobody was told of. */
  changed(): void
  /** Called once it is committed, for what was announced in its own transaction. */
  announced(): void
}

/** Makes a change that writes events, and tells of it once it is committed. */
export async function telling<Result>(
  changes: Pick<Changes, 'settled'>,
  tell: () => void,
  change: () => Promise<Result>,
): Promise<Result> {
  await changes.settled()
  const result = await change()
  tell()
  return result
}
