import { expect, it } from 'vitest'
import { acceptClientHints, clientHintHeaders } from './client-hint-headers.ts'
import { requestFacts } from './request-facts.ts'
import { unknownConnection } from './request-head.ts'

const names = (list: string | undefined) => (list ?? '').split(', ').map((name) => name.toLowerCase())

it('asks for nothing that is not read when it comes', () => {
  const asked = names(clientHintHeaders['Accept-CH'])
  const headers = Object.fromEntries(asked.map((name) => [name, '"x"']))
  const { clientHints } = requestFacts({ method: 'GET', headers }, unknownConnection, [])
  expect(Object.keys(clientHints ?? {}).sort()).toEqual([...asked].sort())
})

it('calls critical only what it asks for, or browsers would ask again for nothing', () => {
  expect(names(clientHintHeaders['Accept-CH'])).toEqual(
    expect.arrayContaining(names(clientHintHeaders['Critical-CH'])),
  )
})

it('has no page asked for twice by an answer that signs in', () => {
  expect(Object.keys(acceptClientHints)).toEqual(['Accept-CH'])
})
