import type { PolicyTerm } from 'latchkey/client'
import { expect, it } from 'vitest'
import { atLimitText, lengthText, termText, termTitle } from './term-words.ts'

function term(name: string, value: PolicyTerm['value']): PolicyTerm {
  return { name, value, set_by: 'default', source: null }
}

it.each([
  [2_592_000, '30 days'],
  [86_400, '24 hours'],
  [3_600, '1 hour'],
  [900, '15 minutes'],
  [5_400, '90 minutes'],
  [61, '61 seconds'],
])('%i seconds read "%s"', (seconds, words) => {
  expect(lengthText(seconds)).toBe(words)
})

it('says what each term grants', () => {
  expect(termText(term('rotation_interval_seconds', 900))).toBe('Every 15 minutes')
  expect(termText(term('session_limit', 3))).toBe('3')
  expect(termText(term('network_binding', 'end'))).toBe('Ends the session')
})

it('says what no limit means', () => {
  expect(termText(term('session_limit', null))).toBe('Any number')
  expect(termText(term('idle_timeout_seconds', null))).toBe('As long as any session')
})

it('shows a term that is new to it all the same', () => {
  expect(termTitle(term('moon_phase', 'full'))).toBe('moon_phase')
  expect(termText(term('moon_phase', 'full'))).toBe('full')
})

it('says what happens at the limit of sessions', () => {
  expect(atLimitText(1, 'reject')).toBe('A sign-in beyond 1 session is refused.')
})
