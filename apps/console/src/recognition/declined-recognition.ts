const prefix = 'latchkey-recognition-declined:'

/** Whether this user has said no in this browser, where they are not asked again. */
export function isRecognitionDeclined(userId: string): boolean {
  try {
    return localStorage.getItem(prefix + userId) !== null
  } catch {
    return false
  }
}

export function declineRecognition(userId: string): void {
  try {
    localStorage.setItem(prefix + userId, 'yes')
  } catch {
    // Storage is closed to this page: the answer holds until it is reloaded.
  }
}

export function reconsiderRecognition(userId: string): void {
  try {
    localStorage.removeItem(prefix + userId)
  } catch {
    // As above.
  }
}
