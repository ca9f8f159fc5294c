import { describe, expect, it } from 'vitest'
import { unknownDevice } from '../model/device-info.ts'
import { noFacts } from '../model/request-facts.ts'
import { currentBrowsers } from './current-browsers.fake.ts'
import { currentPrograms } from './current-programs.fake.ts'
import { comparable } from './uap-core-vocabulary.fake.ts'
import { userAgentSignal } from './user-agent.ts'

function sensed(userAgent: string) {
  return { ...unknownDevice, ...userAgentSignal.sense({ ...noFacts, userAgent }) }
}

/** A crawler's name is as good with what its maker adds to it (`Googlebot-Image`). */
function isNamed(type: string, name: string, expected: string): boolean {
  if (expected === '*') return true
  const [given, wanted] = [comparable(name) ?? '', comparable(expected) ?? '']
  return type === 'bot' ? given.includes(wanted) || wanted.includes(given) : given === wanted
}

describe.each(Object.entries({ ...currentBrowsers, ...currentPrograms }))('of %s', (_, table) => {
  const rows = table
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' · ') as [type: string, browser: string, os: string, header: string])

  it.each(rows)('a %s with %s on %s is told from %s', (type, browser, os, header) => {
    const device = sensed(header)
    expect(device.type).toBe(type)
    expect(isNamed(type, device.browser, browser), device.browser).toBe(true)
    if (os !== '*') expect(device.os).toBe(os)
  })
})
