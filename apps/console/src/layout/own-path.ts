/** Where one goes who has asked for nothing else: it leads to the first page of one's role. */
export const homePath = '/'

/** Pages that are no place to come back to. */
const entrances = ['/', '/sign-in', '/setup', '/alert-answer']

/**
 * A path to come back to after signing in: only one of this console, so that a link cannot send people who
 * have just typed their password to somebody else's page. Anything else becomes the home path.
 */
export function ownPath(text: unknown): string {
  if (typeof text !== 'string' || !text.startsWith('/')) return homePath
  const origin = 'http://console.invalid'
  if (!URL.canParse(text, origin)) return homePath
  const url = new URL(text, origin)
  if (url.origin !== origin || url.pathname.startsWith('//') || entrances.includes(url.pathname))
    return homePath
  return url.pathname + url.search
}
