import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { expect, it } from 'vitest'
import { latchkeyCommand } from './program.ts'

const page = (name: string): string =>
  readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8')
const reference = page('command-line.md')

const program = latchkeyCommand({
  stdout: () => {},
  stderr: () => {},
  isTerminal: false,
  environment: {},
  workingDirectory: '/',
})

function names(command: Command, prefix = ''): string[] {
  return command.commands.flatMap((inner) => {
    const name = `${prefix}${inner.name()}`
    return inner.commands.length === 0 ? [name] : names(inner, `${name} `)
  })
}

const known = names(program)

it('every command is described', () => {
  const headings = [...reference.matchAll(/^## (.+)$/gm)].map((match) => match[1] ?? '')
  for (const name of known) {
    expect(
      headings.some((heading) => name === heading || name.startsWith(`${heading} `)),
      name,
    ).toBe(true)
    expect(reference, name).toContain(`latchkey ${name}`)
  }
})

it.each(['command-line.md', 'troubleshooting.md'])('%s shows no command that does not exist', (name) => {
  const shown = [...page(name).matchAll(/^\$ latchkey ((?:[a-z-]+ ?)+)/gm)].map(
    (match) => match[1]?.trim() ?? '',
  )
  expect(shown.length).toBeGreaterThan(5)
  for (const words of shown) {
    expect(
      known.some((command) => words === command || words.startsWith(`${command} `)),
      words,
    ).toBe(true)
  }
})

it('troubleshooting leads to sections that exist', () => {
  const text = page('troubleshooting.md')
  const anchors = [...text.matchAll(/^## (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  )
  for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor)
})
