import type { ServerResponse } from 'node:http'
import type { PreparedAnswer } from './problem-response.ts'

/** Headers in pairs, as often as they come. */
export type HeaderPairs = readonly (readonly [string, string])[]

/** Writes whole answers to `node:http`, each with headers that are the same in all of them. */
export interface NodeAnswers {
  /** A writer of answers with these headers besides; it is given their values, in that order. */
  answerWriter(
    names: readonly string[],
  ): (response: ServerResponse, values: readonly string[], body: string) => void
  writeProblem(response: ServerResponse, problem: PreparedAnswer): void
}

/** `ofApi` wins over `ofSite` where both have a name. */
export function createNodeAnswers(ofApi: HeaderPairs, ofSite: HeaderPairs): NodeAnswers {
  const inAll = [...ofSite, ...ofApi]
  return {
    answerWriter(names) {
      const common = mergedHeaders(inAll)
      // One list serves every answer: `writeHead` has read it when it returns.
      const head = [...common, ...names.flatMap((name) => [name, '']), 'Content-Length', '']
      return (response, values, body) => {
        let at = common.length + 1
        for (const value of values) {
          head[at] = value
          at += 2
        }
        head[at] = body === '' ? '0' : String(Buffer.byteLength(body))
        response.writeHead(200, head)
        if (body === '') response.end()
        else response.end(body)
      }
    },
    writeProblem(response, { status, headers, body }) {
      const all = new Headers(headers.map(([name, value]): [string, string] => [name, value]))
      for (const [name, value] of inAll) all.set(name, value)
      // To HEAD, the other road cannot say how long the body would be.
      if (response.req.method !== 'HEAD') all.set('Content-Length', String(Buffer.byteLength(body)))
      response.writeHead(status, [...all].flat())
      response.end(body)
    },
  }
}

/** In the one order in which `Headers` gives them; of two with one name the later stays. */
function mergedHeaders(headers: HeaderPairs): string[] {
  const merged = new Headers()
  for (const [name, value] of headers) merged.set(name, value)
  return [...merged].flat()
}
