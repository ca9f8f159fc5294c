import { describe, expect, it } from 'vitest'
import { argon2Hasher, boundedConcurrency, TooManyPasswords } from './password-hasher.ts'

describe('argon2id', () => {
  it('keeps passwords with the parameters that OWASP recommends', async () => {
    const hasher = argon2Hasher()
    const kept = await hasher.hash('a long pass phrase')
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await hasher.verify(kept, 'a long pass phrase')).toBe(true)
    expect(await hasher.verify(kept, 'another pass phrase')).toBe(false)
    expect(await hasher.verify(null, 'a long pass phrase')).toBe(false)
  })
})

describe('bounded concurrency', () => {
  it('runs so many at once, lets so many wait in order, and refuses the rest', async () => {
    const limited = boundedConcurrency(2, 3)
    const begun: number[] = []
    const gates: (() => void)[] = []
    const work = (index: number) =>
      limited(async () => {
        begun.push(index)
        await new Promise<void>((resolve) => gates.push(resolve))
        return index
      })
    const accepted = [0, 1, 2, 3, 4].map(work)
    await expect(work(5)).rejects.toThrow(TooManyPasswords)
    expect(begun).toEqual([0, 1])
    for (let done = 0; done < 5; done += 1) {
      gates[done]?.()
      await accepted[done]
    }
    expect(await Promise.all(accepted)).toEqual([0, 1, 2, 3, 4])
    expect(begun).toEqual([0, 1, 2, 3, 4])
  })

  it('gives its place back after a failure', async () => {
    const limited = boundedConcurrency(1, 0)
    await expect(limited(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await limited(async () => 'yes')).toBe('yes')
  })
})
