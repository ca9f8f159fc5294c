import fc from 'fast-check'

const tokenShape = fc
  .tuple(fc.stringMatching(/^[a-z2-7]{24}$/), fc.stringMatching(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/))
  .map(([id, secret]) => `ses_${id}.${secret}`)

/** What somebody may send in the place of a token, whose own session `genuine` is. None of it is a live one's. */
export function oddTokens(genuine: string, count: number, seed: number): Uint8Array[] {
  const anyOf = fc.oneof(
    // Of the right shape, of nobody.
    tokenShape,
    // Truncated, lengthened, with one character changed.
    fc.nat({ max: genuine.length - 1 }).map((length) => genuine.slice(0, length)),
    fc.string({ minLength: 1, maxLength: 40 }).map((text) => genuine + text),
    fc.nat({ max: genuine.length - 1 }).map((place) => withOtherCharacter(genuine, place)),
    // Of others: JSON Web Tokens, identifiers, numbers, SQL.
    fc.constantFrom(...foreign),
    fc.uuid(),
    fc.base64String({ maxLength: 300 }),
    // Anything at all.
    fc.string({ maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
  )
  const bytes = fc.oneof(
    { weight: 12, arbitrary: anyOf.map((text) => Buffer.from(text, 'utf8')) },
    { weight: 4, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 64 }).map((size) => Buffer.alloc(size * 1_024, 'a')) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom('\0', '\r\n', '\r\nX-Other: 1', '\n', '\t', '%00', 'ø', '🗝')
        .map((odd) => Buffer.from(genuine.slice(0, 40) + odd + genuine.slice(40))),
    },
  )
  // In a cookie header a semicolon ends the value: what stands behind it makes a genuine token no odd one.
  const isGenuine = (one: Uint8Array): boolean =>
    Buffer.from(one).toString('latin1').split(';')[0]?.trim() === genuine
  const spare = Math.ceil(count / 20)
  const sampled = fc.sample(bytes, { numRuns: count + spare, seed })
  return sampled.filter((one) => !isGenuine(one)).slice(0, count)
}

const foreign = [
  'null',
  'undefined',
  '0',
  '-1',
  'true',
  '[object Object]',
  "' OR '1'='1",
  '../../etc/passwd',
  '{{7*7}}',
  's%3Aabc.def',
  'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
  'ses_',
  'ses_.',
  '.',
  '__proto__',
]

function withOtherCharacter(text: string, place: number): string {
  return text.slice(0, place) + (text[place] === 'x' ? 'y' : 'x') + text.slice(place + 1)
}
