import { SessionService } from 'latchkey/client'

/** The user's own sessions; one for the page, so that every part of it sees the same list. */
export const sessionService = new SessionService({ baseUrl: '' })
