import { z } from '@hono/zod-openapi'
import { expect, it } from 'vitest'
import { exactly } from './schema-equality.ts'

interface Wire {
  id: string
  at: string | null
  note?: string
}

const schema = z.object({ id: z.string(), at: z.string().nullable(), note: z.string().exactOptional() })

it('a schema that equals its wire type is accepted', () => {
  expect(exactly<Wire>()(schema).parse({ id: 'a', at: null })).toEqual({ id: 'a', at: null })
})

it('a schema with a field more, a field less or another type does not compile', () => {
  // @ts-expect-error a field more
  exactly<Wire>()(schema.extend({ more: z.string() }))
  // @ts-expect-error a field less
  exactly<Wire>()(schema.omit({ at: true }))
  // @ts-expect-error null is not allowed for
  exactly<Wire>()(schema.extend({ at: z.string() }))
  // @ts-expect-error narrower than the wire type
  exactly<Wire>()(schema.extend({ id: z.literal('a') }))
  // @ts-expect-error required where the wire type has it optional
  exactly<Wire>()(schema.extend({ note: z.string() }))
  expect(schema.shape).toHaveProperty('id')
})
