import { describe, expect, it } from 'vitest'
import { activeSessionsCss } from './active-sessions-css.ts'
import { adoptStyle } from './adopt-style.ts'

class FakeSheet {
  text = ''

  replaceSync(text: string): void {
    this.text = text
  }
}

function documentWith(defaultView: unknown) {
  const fake = { adoptedStyleSheets: [] as readonly FakeSheet[], defaultView }
  return { fake, document: fake as unknown as Document }
}

describe('the style of the component', () => {
  it('is adopted once by each document, after what is there already', () => {
    const { fake, document } = documentWith({ CSSStyleSheet: FakeSheet })
    const own = new FakeSheet()
    fake.adoptedStyleSheets = [own]
    adoptStyle(document)
    adoptStyle(document)
    expect(fake.adoptedStyleSheets.map(({ text }) => text)).toEqual(['', activeSessionsCss])
  })

  it('is left to the application where sheets cannot be constructed', () => {
    const { fake, document } = documentWith({ CSSStyleSheet: class {} })
    adoptStyle(document)
    adoptStyle(documentWith(null).document)
    expect(fake.adoptedStyleSheets).toEqual([])
  })

  it('gives way to any rule of the application', () => {
    expect(activeSessionsCss.startsWith('@layer latchkey {')).toBe(true)
    expect(activeSessionsCss).not.toContain('!important')
  })
})
