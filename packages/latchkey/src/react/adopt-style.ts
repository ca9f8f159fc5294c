import { activeSessionsCss } from './active-sessions-css.ts'

const adopted = new WeakSet<Document>()

/**
 * Gives the document the component's style, once. A constructed stylesheet is no inline style, so it works
 * under `style-src 'self'` and needs no nonce.
 */
export function adoptStyle(target: Document): void {
  const Sheet = target.defaultView?.CSSStyleSheet
  if (adopted.has(target) || !Sheet || !('replaceSync' in Sheet.prototype)) return
  adopted.add(target)
  const sheet = new Sheet()
  sheet.replaceSync(activeSessionsCss)
  target.adoptedStyleSheets = [...target.adoptedStyleSheets, sheet]
}
