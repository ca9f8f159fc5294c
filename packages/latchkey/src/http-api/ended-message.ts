/** A count of ended sessions in words. */
export function endedMessage(count: number): string {
  if (count === 0) return 'There was no session to end.'
  return count === 1 ? '1 session was ended.' : `${count} sessions were ended.`
}
