import { expect, it } from 'vitest'
import { actorText } from './actor-words.ts'

it.each([
  ['user:usr_1', 'User usr_1'],
  ['admin:usr_2', 'Administrator usr_2'],
  ['service:key:1', 'Application key:1'],
  ['command-line', 'Command line'],
  ['system', 'Latchkey itself'],
  ['somebody', 'somebody'],
])('%s reads "%s"', (actor, words) => {
  expect(actorText(actor)).toBe(words)
})
