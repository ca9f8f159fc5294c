import { expect, it } from 'vitest'
import { after, type Instant, milliseconds, minutes, seconds } from '../foundation/time.ts'
import { forever } from '../model/cut-off.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { afterCutOffs, type OvertakenSignIn, SignInMoments } from './sign-in-moment.ts'

const clock = fakeClock()
const start = clock.now()

/** Signs in under the given cut-offs, one at each attempt. Gives the moments of the attempts. */
async function momentsUnder(...cutOffs: readonly (readonly Instant[])[]): Promise<readonly number[]> {
  const moments: number[] = []
  const overtaken = [...cutOffs.flat()]
  await afterCutOffs({ clock, signInMoments: new SignInMoments() }, async (now) => {
    moments.push(now - start)
    const notBefore = overtaken.shift()
    return notBefore === undefined || now > notBefore
      ? {}
      : ({ kind: 'cut-off', notBefore } as OvertakenSignIn)
  })
  return moments
}

it('a sign-in that nothing overtakes is made once, now', async () => {
  expect(await momentsUnder()).toEqual([0])
})

it('one that a cut-off overtakes is made again a millisecond after it, where the clock stands still', async () => {
  expect(await momentsUnder([start, after(start, milliseconds(1))])).toEqual([0, 1, 2])
})

it('one that a cut-off overtakes is made again now, where the clock has gone on', async () => {
  const going = fakeClock()
  const moments: number[] = []
  await afterCutOffs({ clock: going, signInMoments: new SignInMoments() }, async (now) => {
    moments.push(now - start)
    going.advance(milliseconds(5))
    return moments.length === 1 ? ({ kind: 'cut-off', notBefore: now } as OvertakenSignIn) : {}
  })
  expect(moments).toEqual([0, 5])
})

it('it is not made again for ever', async () => {
  const all = Array.from({ length: 9 }, (_, index) => after(start, milliseconds(index)))
  await expect(momentsUnder(all)).rejects.toMatchObject({
    code: 'storage-busy',
    message: 'the sessions of the user are being cut off again and again',
  })
})

it.each([
  ['for ever is refused as disabled', forever, 'user-disabled'],
  ['a second ahead is refused', after(start, seconds(1)), 'storage-busy'],
  ['an hour ahead is refused', after(start, minutes(60)), 'storage-busy'],
] as const)('a cut-off %s, at the first attempt', async (_name, notBefore, code) => {
  await expect(momentsUnder([notBefore, start])).rejects.toMatchObject({ code })
})

it('a cut-off of now reaches the youngest session, and no further once the clock is there', () => {
  const moments = new SignInMoments()
  expect(moments.until(start)).toBe(start)
  expect(moments.following(start, start)).toBe(after(start, milliseconds(1)))
  expect(moments.until(start)).toBe(after(start, milliseconds(1)))
  expect(moments.until(after(start, seconds(1)))).toBe(after(start, seconds(1)))
})
