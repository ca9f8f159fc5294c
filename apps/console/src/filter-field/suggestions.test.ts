import { describe, expect, it } from 'vitest'
import { suggestionsAt } from './suggestions.ts'

const seen = {
  browser: [{ value: 'Chrome' }, { value: 'Mobile Safari' }, { value: 'Firefox' }],
  country: [
    { value: 'NO', meaning: 'Norway' },
    { value: 'SE', meaning: 'Sweden' },
  ],
}

function texts(text: string, caret: number = text.length): string[] {
  return suggestionsAt(text, caret, seen).map((suggestion) => suggestion.text)
}

describe('suggestions', () => {
  it('offer every key where nothing is typed, and those that begin so where something is', () => {
    expect(texts('')).toContain('user:')
    expect(texts('st')).toEqual(['state:'])
    expect(texts('-co')).toEqual(['-country:'])
    expect(texts('ada ')).toContain('user:')
    expect(texts('nobody')).toEqual([])
  })

  it('offer values by what they are and by what they mean', () => {
    expect(texts('state:')).toEqual(['live', 'ended'])
    expect(texts('country:swe')).toEqual(['SE'])
    expect(texts('browser:saf')).toEqual(['Mobile Safari'])
    expect(texts('toaster:')).toEqual([])
    expect(texts('constructor:')).toEqual([])
  })

  it('offer no value twice', () => {
    expect(texts('country:NO,')).toEqual(['SE'])
  })

  it('are about the word at the caret, and leave the others alone', () => {
    const [live] = suggestionsAt('state: type:mobile', 6, seen)
    expect(live).toMatchObject({ filter: 'state:live type:mobile', caret: 10, kind: 'value' })
  })

  it('go on behind a value that was taken', () => {
    const [safari] = suggestionsAt('-browser:Chrome,mob', 19, seen)
    expect(safari?.filter).toBe('-browser:Chrome,"Mobile Safari" ')
    expect(safari?.caret).toBe(safari?.filter.length)
  })

  it('leave the caret behind the colon of a key', () => {
    const [key] = suggestionsAt('coun', 4, seen)
    expect(key).toMatchObject({ filter: 'country:', caret: 8, kind: 'key' })
  })
})
