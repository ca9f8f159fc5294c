import crawlers from 'crawler-user-agents'

interface Crawler {
  readonly pattern: string
  readonly tags?: readonly string[]
}

/** On the list as well, but a person may well sign in with them: HTTP libraries, and browsers under remote control. */
const notCrawlers = new Set(['http-library', 'browser-automation'])

/** Link previews of messengers that put the same word into the headers of their apps. */
const alsoApps = new Set(['Viber', 'Sonic'])

/** All patterns as one, so that a header is looked through once; about 50 µs, paid once for each header text. */
const crawlerPattern = new RegExp(
  (crawlers as readonly Crawler[])
    .filter(({ pattern, tags }) => !alsoApps.has(pattern) && !tags?.some((tag) => notCrawlers.has(tag)))
    .map(({ pattern }) => `(?:${pattern})`)
    .join('|'),
)

/** The crawler that the header names (`Googlebot`), or null when it names none. */
export function crawlerName(header: string): string | null {
  const match = crawlerPattern.exec(header)
  if (match === null) return null
  const name = match[0].replace(/[^\w .!-]+/g, ' ').trim()
  return name === '' ? 'crawler' : name
}
