import { Agent, request } from 'node:http'
import type { SessionsApi } from 'latchkey/http'
import { type TemporaryProgram, temporaryProgram } from '../testing/temporary-program.ts'
import { type HttpServer, type Site, startHttpServer } from './http-server.ts'
import { createLogger } from './logger.ts'
import { programApi } from './program-api.ts'

/** What goes over the wire: a request with its headers in pairs, as often and as odd as they come. */
export interface Asked {
  readonly method?: string
  readonly target?: string
  readonly headers?: readonly (readonly [string, string])[]
  /** Null: none at all. Default: an ordinary one. */
  readonly host?: string | null
  readonly body?: string
  /** The client goes away once it has sent this much. */
  readonly isCut?: boolean
}

/** An answer without what differs from request to request. */
export interface Answered {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: string
}

/** One program behind two servers: the one takes the fast road where it can, the other never. */
export interface TwoRoads extends AsyncDisposable {
  readonly temporary: TemporaryProgram
  readonly logLines: string[]
  /** How many requests were answered at once so far. */
  readonly atOnce: number
  fast(asked: Asked): Promise<Answered>
  slow(asked: Asked): Promise<Answered>
}

/** The key of a host back end that both roads accept. */
export const apiKey = 'a-service-key-for-tests-of-forty-characters'

export async function twoRoads(): Promise<TwoRoads> {
  const temporary = await temporaryProgram({ LATCHKEY_API_KEY: apiKey })
  const logLines: string[] = []
  const logger = createLogger('debug', { write: (line) => logLines.push(line) })
  const api = programApi(temporary.program, 'http://localhost:4280', logger)
  const fastSite = countingSite(api)
  const listen = { host: '127.0.0.1', port: 0 }
  const servers = [
    await startHttpServer(listen, fastSite.site),
    await startHttpServer(listen, { ...fastSite.site, answerAtOnce: () => false }),
  ] as const
  const agent = new Agent({ keepAlive: true })
  return {
    temporary,
    logLines,
    get atOnce() {
      return fastSite.atOnce
    },
    fast: (asked) => ask(servers[0], agent, asked),
    slow: (asked) => ask(servers[1], agent, asked),
    [Symbol.asyncDispose]: async () => {
      agent.destroy()
      for (const server of servers) await server.stop(0)
      await temporary[Symbol.asyncDispose]()
    },
  }
}

function countingSite(api: SessionsApi): { readonly site: Site; readonly atOnce: number } {
  let atOnce = 0
  const site: Site = {
    fetch: (asked, connection) => api.fetch(asked, connection),
    answerAtOnce(asked, answer, passOn) {
      const handOver: typeof passOn = (...handedOver) => {
        atOnce -= 1
        passOn?.(...handedOver)
      }
      const isTaken = api.answerAtOnce(asked, answer, handOver)
      if (isTaken) atOnce += 1
      return isTaken
    },
  }
  return {
    site,
    get atOnce() {
      return atOnce
    },
  }
}

function ask({ url }: HttpServer, agent: Agent, asked: Asked): Promise<Answered> {
  const { method = 'GET', target = '/api/v1/forward-auth', host = 'localhost:4280', body } = asked
  const { hostname, port } = new URL(url)
  const pairs = [...(host === null ? [] : [['Host', host]]), ...(asked.headers ?? [])]
  const options = { hostname, port, method, path: target, agent, setHost: false, headers: pairs.flat() }
  return new Promise((resolve, reject) => {
    const asking = request(options, (answer) => {
      let text = ''
      answer.setEncoding('latin1')
      answer.on('data', (chunk) => (text += String(chunk)))
      answer.on('error', reject)
      answer.on('end', () => {
        resolve({
          status: answer.statusCode ?? 0,
          headers: comparableHeaders(answer.rawHeaders),
          body: withoutId(text),
        })
      })
    })
    asking.on('error', reject)
    if (asked.isCut) asking.write(body, () => asking.destroy())
    else asking.end(body)
  })
}

function comparableHeaders(rawHeaders: readonly string[]): string[] {
  const lines: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase()
    if (name !== 'date') lines.push(`${name}: ${withoutId(rawHeaders[index + 1] ?? '')}`)
  }
  return lines.sort()
}

function withoutId(text: string): string {
  return text.replace(/req_[0-9a-f]{32}/g, 'req_')
}
