import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  browserOf,
  comparable,
  comparableSystem,
  type NamedDevice,
  systemOf,
  typesOf,
} from './uap-core-vocabulary.fake.ts'
import { longestHeader, readUserAgent } from './user-agent-header.ts'

/** uap-core's own test files (Apache-2.0), which are not part of this repository: they lie beside it, or nowhere. */
const folder = fileURLToPath(new URL('../../../../../shared/data/uap-core', import.meta.url))

interface Case extends NamedDevice {
  readonly user_agent_string: string
}

/** Read once: the devices alone are three megabytes. */
const readBefore = new Map<string, readonly Case[]>()

function casesOf(file: string): readonly Case[] {
  const known = readBefore.get(file)
  if (known) return known
  const read = parse(readFileSync(`${folder}/${file}`, 'utf8')) as { readonly test_cases: readonly Case[] }
  readBefore.set(file, read.test_cases)
  return read.test_cases
}

/** The share of cases that are right, of those that `judge` has an opinion on; the first wrong ones to look at. */
function share(file: string, judge: (given: Case) => boolean | null) {
  const judged = casesOf(file).flatMap((given) => {
    const isRight = judge(given)
    return isRight === null ? [] : [{ isRight, header: given.user_agent_string }]
  })
  const wrong = judged.filter(({ isRight }) => !isRight).map(({ header }) => header)
  return { right: 1 - wrong.length / judged.length, judged: judged.length, wrong: wrong.slice(0, 5) }
}

describe.skipIf(existsSync(folder))('the test files of uap-core', () => {
  it(`are not at ${folder}: nothing is measured`, () => {})
})

describe.runIf(existsSync(folder))('of the test files of uap-core', () => {
  it('95 % of browsers are named as they say', { timeout: 60_000 }, () => {
    const { right, judged, wrong } = share('test_ua.yaml', ({ user_agent_string: header, family }) => {
      const sensed = readUserAgent(header)
      const [expected, browser] = [browserOf(family), comparable(sensed.browser)]
      if (sensed.type !== 'bot' || browser === null || expected === null) return browser === expected
      // A crawler's name is theirs or a part of it, or the other way round (`Googlebot`, `Googlebot-Image`).
      return browser.includes(expected) || expected.includes(browser)
    })
    expect(judged).toBeGreaterThan(1_000)
    expect(right, wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
  })

  it('93 % of systems are named as they say', { timeout: 60_000 }, () => {
    const { right, judged, wrong } = share('test_os.yaml', ({ user_agent_string: header, family }) => {
      const [expected, os] = [systemOf(family), comparableSystem(readUserAgent(header).os)]
      // Where they know none, a console's own name is no error.
      if (expected === undefined || (expected === null && os !== null)) return null
      return os === expected
    })
    expect(judged).toBeGreaterThan(400)
    expect(right, wrong.join('\n')).toBeGreaterThanOrEqual(0.93)
  })

  it('93 % of devices are of a type that they can be, and of those of one possible type', {
    timeout: 120_000,
  }, () => {
    const judge = (given: Case, most: number): boolean | null => {
      const types = typesOf(given)
      if (types === null || types.length > most) return null
      return types.includes(readUserAgent(given.user_agent_string).type ?? 'unknown')
    }
    const all = share('test_device.yaml', (given) => judge(given, 2))
    const decided = share('test_device.yaml', (given) => judge(given, 1))
    expect(all.judged).toBeGreaterThan(15_000)
    expect(all.right, all.wrong.join('\n')).toBeGreaterThanOrEqual(0.93)
    expect(decided.judged).toBeGreaterThan(7_000)
    expect(decided.right, decided.wrong.join('\n')).toBeGreaterThanOrEqual(0.93)
  })

  it('each type that they name once is found nine times in ten', { timeout: 120_000 }, () => {
    for (const type of ['desktop', 'mobile', 'tablet', 'tv', 'console', 'wearable', 'bot'] as const) {
      const { right, wrong } = share('test_device.yaml', (given) => {
        const types = typesOf(given)
        if (types?.length !== 1 || types[0] !== type) return null
        return readUserAgent(given.user_agent_string.slice(0, longestHeader)).type === type
      })
      expect(right, `${type}\n${wrong.join('\n')}`).toBeGreaterThanOrEqual(0.9)
    }
  })
})
