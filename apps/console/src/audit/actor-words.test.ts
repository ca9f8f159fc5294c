import { expect, it } from 'vitest'
import { actorText } from './actor-words.ts'

it.each([
  ['user:usr_1', null, 'User usr_1'],
  ['user:usr_1', 'ann@example.com', 'User ann@example.com'],
  ['admin:usr_2', null, 'Administrator usr_2'],
  ['admin:usr_2', 'bob@example.com', 'Administrator bob@example.com'],
  ['service:key:1', null, 'Application key:1'],
  ['command-line', null, 'Command line'],
  ['system', null, 'Latchkey itself'],
  ['somebody', null, 'somebody'],
])('%s, known as %s, reads "%s"', (actor, label, words) => {
  expect(actorText(actor, label)).toBe(words)
})
