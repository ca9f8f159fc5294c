import { expect, it } from 'vitest'
import { namesInWords } from './names-in-words.ts'

it.each([
  [[], ''],
  [['A'], 'A'],
  [['A', 'B'], 'A and B'],
  [['A', 'B', 'C'], 'A, B and C'],
  [['A', 'B', 'C', 'D'], 'A, B, C and D'],
  [['A', 'B', 'C', 'D', 'E'], 'A, B, C and 2 more'],
  [['A', 'A', 'B'], '2 × A and B'],
  [['A', 'A', 'B', 'C', 'D', 'E', 'E'], '2 × A, B, C and 3 more'],
])('%o reads "%s"', (names, words) => {
  expect(namesInWords(names)).toBe(words)
})
