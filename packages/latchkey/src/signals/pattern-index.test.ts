import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { PatternIndex } from './pattern-index.ts'
import { readPatternLists } from './pattern-list.ts'

function indexOf(...sources: string[]): PatternIndex<string> {
  const index = new PatternIndex<string>()
  for (const source of sources) index.add(source, '', source)
  return index
}

describe('an index of patterns', () => {
  it('finds the first in the order of adding, wherever it stands', () => {
    expect(indexOf('Safari', 'Chrome').first('Chrome/1 Safari/2')?.value).toBe('Safari')
  })

  it('finds the match that begins first', () => {
    expect(indexOf('Safari', 'Chrome').leftmost('Chrome/1 Safari/2')?.value).toBe('Chrome')
  })

  it('finds patterns that require nothing', () => {
    expect(indexOf('^[a-z]+$').first('word')?.match[0]).toBe('word')
  })

  it('tells upper from lower case where the pattern does', () => {
    expect(indexOf('Chrome').first('chrome')).toBeNull()
    const index = new PatternIndex<null>()
    index.add('Chrome', 'i', null)
    expect(index.first('CHROME')).not.toBeNull()
  })

  it('holds a header against the few patterns only that could match it', () => {
    const index = indexOf(...Array.from({ length: 1_000 }, (_, at) => `Browser${at}x/`), 'Firefox/')
    expect(index.work('Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0')).toBe(1)
    expect(index.first('Mozilla/5.0 Browser500x/1')?.value).toBe('Browser500x/')
  })

  it('finds what trying all patterns of the public list in turn finds', () => {
    const list = readFileSync(fileURLToPath(import.meta.resolve('uap-core/regexes.yaml')), 'utf8')
    const headers = [
      'Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Mobile Safari/537.36',
      'Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1',
      'Nokia6300/2.0 (05.00) Profile/MIDP-2.0 Configuration/CLDC-1.1',
      'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      'curl/8.5.0',
    ]
    for (const rules of Object.values(readPatternLists(list))) {
      const index = new PatternIndex<unknown>()
      for (const rule of rules ?? []) index.add(rule['regex'] ?? '', rule['regex_flag'] ?? '', rule)
      for (const header of headers) {
        const inTurn = rules?.find((rule) => new RegExp(rule['regex'] ?? '', rule['regex_flag']).test(header))
        expect(index.first(header)?.value).toBe(inTurn)
      }
    }
  })
})
