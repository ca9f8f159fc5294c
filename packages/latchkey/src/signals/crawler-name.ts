import crawlers from 'crawler-user-agents'

interface Crawler {
  readonly pattern: string
  readonly tags?: readonly string[]
}

/** On the list as well, but a person may well sign in with them: HTTP libraries, and browsers under remote control. */
const notCrawlers = new Set(['http-library', 'browser-automation'])

/** All patterns as one, so that a header is looked through once; about 100 µs, paid once for each header text. */
const crawlerPattern = new RegExp(
  (crawlers as readonly Crawler[])
    .filter(({ tags }) => !tags?.some((tag) => notCrawlers.has(tag)))
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
