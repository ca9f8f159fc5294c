import { expect } from 'vitest'
import type { Program } from '../../../packages/server/src/program/open-program.ts'
import { serviceKey } from '../../running-program.ts'
import { inParallel } from '../in-parallel.ts'
import { newUser } from '../new-names.ts'
import type { SecurityCase } from '../security-case.ts'
import { timedProgram } from '../timed-program.ts'

interface Parameter {
  readonly name: string
  readonly in: string
}

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly security?: readonly Readonly<Record<string, unknown>>[]
  readonly requestBody?: {
    readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
  }
}

interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** As they stand in a URL. */
const oddTexts: readonly string[] = [
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%FF',
  '__proto__',
  'constructor',
  '-1',
  '1e400',
  '99999999999999999999',
  '9007199254740993',
  '%5B%5D',
  '%0d%0aSet-Cookie:%20a=b',
  `%22${'%5C'.repeat(50)}`,
  '+275760-09-13T00:00:00.000Z',
  '9999-12-31T23:59:59Z',
  '0000-01-01T00:00:00Z',
  'created:%3E999999999d',
  'created:0000-01-01..9999-12-31',
  'network:AS99999999999999999999',
  'browser:__proto__,constructor',
  'user:%00',
  'ip:0.0.0.0/24',
  'a'.repeat(3_000),
]

/** As JSON, since some of them no object of ours has. */
const oddJson: readonly string[] = [
  'null',
  'true',
  '-1',
  '1e308',
  '9007199254740993',
  '""',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"__proto__"',
  '"9999-12-31T23:59:59Z"',
  '"0000-01-01T00:00:00Z"',
  '[]',
  '["\\u0000"]',
  '{}',
  '{"__proto__":{"isAdmin":true}}',
  `"${'a'.repeat(5_000)}"`,
]

/** What stands beside an odd value, so that it is looked at: members that a body must have, as JSON. */
const plausible: Readonly<Record<string, string>> = {
  answer: '"me"',
  draft: '[]',
  expected_count: '0',
  filter: '"country:NO"',
  from: '"2026-01-01T00:00:00Z"',
  to: '"2026-01-02T00:00:00Z"',
}

/** Values that no client of ours sends. */
export const oddValueCases: readonly SecurityCase[] = [
  {
    name: 'no odd value of any documented parameter or member of a body makes an error of the program, and no answer may be kept [ASVS 14.3.2] [ASVS 16.5.1]',
    async run(store) {
      await using timed = await timedProgram(store)
      const document = (await (await timed.send({ path: '/openapi.json' })).json()) as Document
      const accountId = await newAdministrator(timed.program())
      const surprises: string[] = []
      const statuses = new Set<number>()
      const asked = Object.entries(document.paths).flatMap(([path, operations]) =>
        path.endsWith('/events')
          ? []
          : Object.entries(operations).flatMap(([method, operation]) =>
              askings(document, path, method.toUpperCase(), operation),
            ),
      )
      expect(asked.length).toBeGreaterThan(1_000)
      await inParallel(asked, 8, async ({ isOfHost, ...asking }) => {
        const { token } = isOfHost
          ? { token: serviceKey }
          : await timed.program().sessions.createSession({ userId: accountId, amr: ['pwd'] })
        const by = isOfHost ? { bearer: token } : { session: token }
        const answer = await timed.send({ ...asking, ...by })
        statuses.add(answer.status)
        const text = await answer
          .text()
          .catch((error: unknown) => `node_modules: broke off: ${String(error)}`)
        const isKept = answer.headers.get('cache-control') !== 'no-store'
        const isError = answer.status >= 500 || /node_modules|\.ts:\d|SELECT |INSERT /.test(text)
        if (isError || (isKept && !isForEverybody(asking.path)))
          surprises.push(
            `${asking.method} ${asking.path.slice(0, 150)} ${asking.body ?? ''}: ${answer.status}`,
          )
      })
      expect(surprises).toEqual([])
      expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 404, 422]))
      expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined()
    },
  },
]

function isForEverybody(path: string): boolean {
  return !path.startsWith('/api/')
}

async function newAdministrator({ accounts }: Pick<Program, 'accounts'>): Promise<string> {
  const email = `${newUser()}@example.com`
  const made = await accounts.create({ email, role: 'admin', password: 'correct horse battery' })
  if (made.kind !== 'created') throw new Error('The administrator was not made.')
  return made.account.id
}

interface OddAsking {
  readonly method: string
  readonly path: string
  readonly body?: string
  readonly isOfHost: boolean
}

/** One odd value at a time. */
function askings(document: Document, path: string, method: string, operation: Operation): OddAsking[] {
  const { parameters = [], security = [] } = operation
  const isOfHost = security.some((one) => 'apiKey' in one)
  const plain = path.replace(/\{[^}]+\}/g, 'x')
  const common = { method, isOfHost }
  const { properties = {}, required = [] } = schemaOf(document, operation)
  const bodies = ['null', '[]', '"x"', '{"__proto__":1}', '{"a":'].concat(
    Object.keys(properties).flatMap((name) => oddJson.map((value) => bodyWith(name, value, required))),
  )
  return [
    ...parameters.flatMap((parameter) =>
      oddTexts.map((text) => ({ ...common, path: withParameter(path, plain, parameter, text) })),
    ),
    ...(operation.requestBody === undefined ? [] : bodies.map((body) => ({ ...common, path: plain, body }))),
  ]
}

function withParameter(path: string, plain: string, { name, in: place }: Parameter, text: string): string {
  if (place === 'query') return `${plain}?${name}=${text}&${name}=${text}`.replace(/&.*/, '')
  return path.replace(`{${name}}`, text).replace(/\{[^}]+\}/g, 'x')
}

function bodyWith(name: string, value: string, required: readonly string[]): string {
  const others = required.filter((other) => other !== name).map((other) => [other, plausible[other] ?? '"x"'])
  return `{${[...others, [name, value]].map(([key, json]) => `"${key}":${json}`).join(',')}}`
}

function schemaOf({ components }: Document, { requestBody }: Operation): Schema {
  const schema = requestBody?.content?.['application/json']?.schema ?? {}
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : (components.schemas[name] ?? {})
}
