import { expect, it } from 'vitest'
import { figuresText, techniqueUrl } from './detector-words.ts'

it('says how many alerts there were, and how many of them were wrong', () => {
  expect(figuresText({ alerts: 0, false_alarms: 0 })).toBe('No alert in 30 days')
  expect(figuresText({ alerts: 1, false_alarms: 0 })).toBe('1 alert in 30 days, no false alarm')
  expect(figuresText({ alerts: 14, false_alarms: 7 })).toBe('14 alerts in 30 days, 7 false alarms (50%)')
})

it('leads to the technique, and to the part of one', () => {
  expect(techniqueUrl('T1078')).toBe('https://attack.mitre.org/techniques/T1078/')
  expect(techniqueUrl('T1550.004')).toBe('https://attack.mitre.org/techniques/T1550/004/')
})
