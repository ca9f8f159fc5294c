import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { instantOf } from '../../foundation/time.ts'
import type { StoredDataKey } from '../../ports/data-key-store.ts'
import { fakeClock } from '../../testing/fake-clock.ts'
import { newDataKey } from './data-key.ts'
import { loadedKeys } from './loaded-keys.ts'

it('who asks while an earlier look is under way is served by one that began later, all of them by the same', async () => {
  const wrapping = createSecretKey(randomBytes(32))
  const looks: ((keys: readonly StoredDataKey[]) => void)[] = []
  const list = () => new Promise<readonly StoredDataKey[]>((resolve) => looks.push(resolve))
  const keys = loadedKeys({ list } as never, wrapping, fakeClock())
  const made = newDataKey(wrapping, 'user_sessions', instantOf(0))

  const first = keys.load()
  await Promise.resolve()
  const asked = [keys.load(), keys.load(), keys.load()]
  looks[0]?.([])
  await first
  expect(keys.find(made.id)).toBeUndefined()
  await new Promise((resolve) => setImmediate(resolve))
  expect(looks).toHaveLength(2)
  looks[1]?.([made])
  await Promise.all(asked)
  expect(keys.find(made.id)?.id).toBe(made.id)
})
