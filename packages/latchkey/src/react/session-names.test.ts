import { describe, expect, it } from 'vitest'
import { session } from '../client/live-list.fake.ts'
import type { UserSession } from '../http-api/wire-types.ts'
import { englishLabels } from './english-labels.ts'
import { type SessionName, sessionNames } from './session-names.ts'

function names(sessions: readonly UserSession[], deviceNames: [string, string][] = []): string[] {
  const found = sessionNames(sessions, new Map(deviceNames), englishLabels, 'en-GB')
  return found.map(({ device, details }: SessionName) => [device, details].filter(Boolean).join(' | '))
}

/** Not the one that is looked from. */
function another(id: string, change: Partial<UserSession> & { location?: string } = {}): UserSession {
  const { location = null, ...rest } = change
  const whole = session(id)
  return { ...whole, device_info: { ...whole.device_info, location }, ...rest }
}

describe('the names of sessions', () => {
  it('are those of their devices where no two are the same', () => {
    const phone = another('ses_p')
    phone.device_info = { ...phone.device_info, type: 'mobile', os: 'iOS', browser: 'Safari' }
    expect(names([another('ses_b'), phone])).toEqual(['Firefox on Linux', 'iPhone · Safari'])
  })

  it('need no more where one of two is this device, which is said beside it', () => {
    expect(names([session('ses_a'), another('ses_b')])).toEqual(['Firefox on Linux', 'Firefox on Linux'])
  })

  it('tell equal devices apart by their place', () => {
    const sessions = [
      another('ses_b', { location: 'Oslo, Norway' }),
      another('ses_c', { location: 'Rome, Italy' }),
    ]
    expect(names(sessions)).toEqual(['Firefox on Linux | Oslo, Norway', 'Firefox on Linux | Rome, Italy'])
  })

  it('tell those in one place apart by when they were signed in', () => {
    const sessions = [another('ses_b'), another('ses_c', { created_at: '2026-01-02T00:00:00.000Z' })]
    const [first = '', second = ''] = names(sessions)
    expect(first).toContain('| 192.0.2.1, Signed in')
    expect(new Set([first, second]).size).toBe(2)
  })

  it('are all different for sessions of which nothing else is', () => {
    const sessions = ['ses_b', 'ses_c', 'ses_d'].map((id) => another(id, { ip_address: null }))
    expect(new Set(names(sessions)).size).toBe(3)
  })

  it('are what the user calls their devices, where they do', () => {
    const own = another('ses_b', { device_id: 'dev_1' })
    expect(names([own, another('ses_c', { device_id: 'dev_2' })], [['dev_1', 'Kitchen']])).toEqual([
      'Kitchen',
      'Firefox on Linux',
    ])
  })
})
