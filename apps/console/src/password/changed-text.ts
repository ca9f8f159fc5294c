/** What a change of the password came to. */
export function changedText(ended: number): string {
  if (ended === 0) return 'Your password is changed.'
  return `Your password is changed, and ${ended === 1 ? 'one other session has' : `${ended} other sessions have`} ended.`
}
