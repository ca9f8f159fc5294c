import { seconds } from 'latchkey'
import type { AuthenticateService } from 'latchkey/http'
import { fakeClock } from 'latchkey/testing'
import { beforeEach, expect, it } from 'vitest'
import { apiKeyMemory, rememberApiKeys } from './remembered-api-keys.ts'

const clock = fakeClock()
let inForce: Set<string>
let asked: string[]
let authenticate: AuthenticateService

beforeEach(() => {
  inForce = new Set(['lk_a', 'lk_b'])
  asked = []
  const apiKeys = {
    authenticate: async (key: string) => {
      asked.push(key)
      return inForce.has(key) ? { id: `id of ${key}` } : null
    },
  }
  authenticate = rememberApiKeys(apiKeys, clock)
})

it('an accepted key is looked up once, and answered at once from then on', async () => {
  expect(await authenticate('lk_a')).toEqual({ id: 'id of lk_a' })
  expect(authenticate('lk_a')).toEqual({ id: 'id of lk_a' })
  expect(await authenticate('lk_b')).toEqual({ id: 'id of lk_b' })
  expect(asked).toEqual(['lk_a', 'lk_b'])
})

it('a revoked key is refused two seconds later, however often it was used meanwhile', async () => {
  await authenticate('lk_a')
  inForce.delete('lk_a')
  for (let passed = 0; passed < 4; passed += 1) {
    expect(await authenticate('lk_a')).not.toBeNull()
    clock.advance(seconds(0.5))
  }
  expect(apiKeyMemory).toBe(seconds(2))
  expect(await authenticate('lk_a')).toBeNull()
})

it('the time counts from before the look, so that a slow database lends a revoked key none', async () => {
  const slow = rememberApiKeys(
    {
      authenticate: async () => {
        clock.advance(seconds(1.5))
        return { id: 'a' }
      },
    },
    clock,
  )
  await slow('lk_a')
  expect(slow('lk_a')).not.toBeInstanceOf(Promise)
  clock.advance(seconds(0.5))
  expect(slow('lk_a')).toBeInstanceOf(Promise)
})

it('a refused key is looked up each time, and counts from the moment that it is made', async () => {
  expect(await authenticate('lk_c')).toBeNull()
  inForce.add('lk_c')
  expect(await authenticate('lk_c')).toEqual({ id: 'id of lk_c' })
})

it('of very many keys the oldest is looked up again: what is remembered is bounded', async () => {
  for (let index = 0; index <= 1_000; index += 1) inForce.add(`lk_${index}`)
  for (let index = 0; index <= 1_000; index += 1) await authenticate(`lk_${index}`)
  expect(authenticate('lk_0')).toBeInstanceOf(Promise)
  expect(authenticate('lk_1000')).not.toBeInstanceOf(Promise)
})

it('a database that is away is no refusal', async () => {
  const away = rememberApiKeys({ authenticate: () => Promise.reject(new Error('away')) }, clock)
  await expect(away('lk_a')).rejects.toThrow('away')
})
