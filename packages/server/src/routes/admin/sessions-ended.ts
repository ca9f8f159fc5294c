/** What is said of an ending: `3 sessions were ended.` */
export function sessionsEnded(count: number): string {
  return count === 1 ? '1 session was ended.' : `${count} sessions were ended.`
}
