import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http'

type Given = OutgoingHttpHeaders | OutgoingHttpHeader[]

/**
 * Sets cookies on an answer that a handler has yet to give, and sees to it that they arrive and that nobody stores them:
 * whatever the handler says of caching and sets of cookies, `no-store` is sent, and these cookies come first. A token
 * that is lost on the way would pass for a stolen one later.
 */
export function setPrivateCookies(response: ServerResponse, setCookies: readonly string[]): void {
  if (setCookies.length === 0) return
  response.appendHeader('Set-Cookie', setCookies)
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    ...rest: unknown[]
  ) => ServerResponse
  response.writeHead = (status: number, ...rest: unknown[]): ServerResponse => {
    const given = rest.at(-1)
    if (typeof given === 'object' && given !== null) {
      rest[rest.length - 1] = privateHeaders(given as Given, setCookies)
    }
    response.setHeader('Set-Cookie', withFirst(response.getHeader('Set-Cookie'), setCookies))
    response.setHeader('Cache-Control', 'no-store')
    return writeHead(status, ...rest)
  }
}

/** A handler that signs out or in says so later in the list, and the last word on a cookie counts. */
export function withFirst(
  there: OutgoingHttpHeader | undefined,
  setCookies: readonly string[],
): readonly string[] {
  const all = [there ?? []].flat().map(String)
  return [...setCookies.filter((setCookie) => !all.includes(setCookie)), ...all]
}

/** What a framework hands to `writeHead` replaces what was set before, of each name. */
function privateHeaders(given: Given, setCookies: readonly string[]): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {}
  for (const [name, value] of pairsOf(given)) {
    const before = headers[name.toLowerCase()]
    headers[name.toLowerCase()] = before === undefined ? value : [before, value ?? []].flat().map(String)
  }
  const cookies = withFirst(headers['set-cookie'], setCookies)
  return { ...headers, 'set-cookie': [...cookies], 'cache-control': 'no-store' }
}

function pairsOf(given: Given): readonly (readonly [string, OutgoingHttpHeader | undefined])[] {
  if (!Array.isArray(given)) return Object.entries(given)
  const pairs: (readonly [string, OutgoingHttpHeader | undefined])[] = []
  for (let index = 0; index + 1 < given.length; index += 2) {
    pairs.push([String(given[index]), given[index + 1]])
  }
  return pairs
}
