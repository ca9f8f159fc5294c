import { describe, expect, it } from 'vitest'
import { generatePassword, passwordFault } from './password-rules.ts'

const email = 'ann@example.com'

describe('a password', () => {
  it.each([
    'only lower case words',
    'пароль из четырёх слов',
    '😀😃😄😁😆😅😂🤣😊😇🙂🙃😉😌😍',
    `${'x'.repeat(240)}abcdefgh`,
  ])('is good without digits and signs: %s', (password) => {
    expect(passwordFault(password, email)).toBeNull()
  })

  it.each([
    ['fourteen chars', /at least 15 characters/],
    ['😀😃😄😁😆😅😂🤣😊😇🙂🙃😉😌', /at least 15 characters/],
    ['abcdefgh'.repeat(33), /at most 256 characters/],
    ['my ANN@example.com!', /must not contain the e-mail address/],
    ['                a', /repeats too few characters/],
    ['abababababababab', /repeats too few characters/],
    ['CorrectHorseBatteryStaple', /too well known/],
  ])('is refused: %s', (password, fault) => {
    expect(passwordFault(password, email)).toMatch(fault)
  })

  it('that was generated is good, and never the same', () => {
    const generated = Array.from({ length: 100 }, generatePassword)
    expect(new Set(generated).size).toBe(100)
    for (const password of generated) expect(passwordFault(password, email)).toBeNull()
  })
})
