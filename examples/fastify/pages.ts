import type { Session } from 'latchkey'

export const signInPage: string = page(
  'Sign in',
  `<form method="post">
    <label>Name <input name="name" autocomplete="username" maxlength="255" required></label>
    <button type="submit">Sign in</button>
  </form>`,
)

/** The user's sessions, each but this one with a button that ends it. */
export function homePage(current: Session, all: readonly Session[]): string {
  const items = all.map(
    ({ id, deviceInfo }) => `<li>
      ${escaped(deviceInfo.browser)} on ${escaped(deviceInfo.os)}
      ${id === current.id ? '(this one)' : endForm(id)}
    </li>`,
  )
  return page(
    `Hello, ${escaped(current.userId)}`,
    `<ul>${items.join('')}</ul>
    <form method="post" action="/sign-out"><button type="submit">Sign out</button></form>`,
  )
}

function endForm(id: string): string {
  return `<form method="post" action="/end"><button type="submit" name="id" value="${id}">End</button></form>`
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<main><h1>${title}</h1>${content}</main>
</html>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
