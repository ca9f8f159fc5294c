/** Sessions as another system keeps them. */
export interface PeerSessions {
  /** The token of a new session of that user. */
  create(userId: string): Promise<string>
  /** Whose live session it is; null for any other text. */
  userOf(token: string): Promise<string | null>
}
