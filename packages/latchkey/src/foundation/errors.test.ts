import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorCodes, invalidArgument, LatchkeyError } from './errors.ts'

const reference = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')

/** Rows like ``| `closed` | no | … | … |``. */
const documented = new Map(
  [...reference.matchAll(/^\| `([a-z-]+)` \| (yes|no) \|/gm)].map(([, code, retryable]) => [code, retryable]),
)

describe('the error reference', () => {
  it.each(Object.entries(errorCodes))(
    'describes %s and says whether it may be retried',
    (code, { retryable }) => {
      expect(documented.get(code)).toBe(retryable ? 'yes' : 'no')
    },
  )

  it('describes nothing that does not exist', () => {
    expect([...documented.keys()].sort()).toEqual(Object.keys(errorCodes).sort())
  })
})

describe('LatchkeyError', () => {
  it('says which argument is at fault', () => {
    const error = invalidArgument('userId', 'must not be empty')
    expect(error).toMatchObject({ code: 'invalid-argument', field: 'userId', retryable: false })
    expect(error.message).toBe('userId: must not be empty')
  })

  it('keeps its cause out of its JSON', () => {
    const error = new LatchkeyError('storage-unavailable', 'the storage is away', {
      cause: new Error('inside'),
    })
    expect(error.cause).toBeInstanceOf(Error)
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'storage-unavailable',
      message: 'the storage is away',
      retryable: true,
      field: null,
    })
  })

  it('has no cause where none was given', () => {
    expect('cause' in new LatchkeyError('closed', 'closed')).toBe(false)
  })
})
