import { describeEvent, sessionEventTypes } from 'latchkey'
import { expect, it } from 'vitest'
import { typesNamed } from './types-named.ts'

it('every type with a name is found by it', () => {
  for (const type of sessionEventTypes) {
    const { name } = describeEvent({ type, reason: null, after: null })
    if (name !== null) expect(typesNamed(name), name).toContain(type)
  }
})

it('a name that depends on more than the type finds it, and a name of nothing finds none', () => {
  expect(typesNamed('authn_token_reuse')).toEqual(['session.ended'])
  const crossSite = describeEvent({ type: 'request.refused', reason: null, after: { kind: 'cross-site' } })
  expect(typesNamed(crossSite.name ?? '')).toContain('request.refused')
  expect(typesNamed('authn_login_lock')).toEqual(['cut-off.set'])
  expect(typesNamed('nonsense')).toEqual([])
})
