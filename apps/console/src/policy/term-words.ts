import type { PolicyTerm } from 'latchkey/client'

interface TermWords {
  readonly title: string
  /** What it says where there is no limit. */
  readonly none: string
}

const words: Readonly<Record<string, TermWords>> = {
  absolute_lifetime_seconds: { title: 'Longest session', none: 'No limit' },
  idle_timeout_seconds: { title: 'Without being used', none: 'As long as any session' },
  rotation_interval_seconds: { title: 'New token', none: 'Only after proving something anew' },
  session_limit: { title: 'Sessions at a time', none: 'Any number' },
  reauthentication_window_seconds: { title: 'Counts as a recent sign-in', none: 'Of any age' },
  network_binding: { title: 'Use from another network', none: 'Ignored' },
}

const bindings: Readonly<Record<string, string>> = {
  off: 'Ignored',
  observe: 'Recorded',
  end: 'Ends the session',
}

const units: readonly [seconds: number, name: string][] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
]

export function termTitle({ name }: PolicyTerm): string {
  return words[name]?.title ?? name
}

/** `15 minutes`, `every 15 minutes`, `3`, `Ends the session`. */
export function termText({ name, value }: PolicyTerm): string {
  if (value === null) return words[name]?.none ?? 'No limit'
  if (typeof value === 'string') return bindings[value] ?? value
  if (!name.endsWith('_seconds')) return String(value)
  return name === 'rotation_interval_seconds' ? `Every ${lengthText(value)}` : lengthText(value)
}

/** In the largest unit of which it is a whole number: `24 hours` rather than `1 day`, as policies are written. */
export function lengthText(seconds: number): string {
  for (const [size, name] of units) {
    const count = seconds / size
    if (Number.isInteger(count) && !(name === 'day' && count === 1)) return counted(count, name)
  }
  return counted(seconds, 'second')
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`
}

const actions = {
  reject: 'is refused',
  'end-oldest': 'ends the oldest one',
  'end-least-recent': 'ends the one that was not used for the longest time',
}

/** `A sign-in beyond 5 sessions ends the oldest one.` */
export function atLimitText(limit: number, action: keyof typeof actions): string {
  return `A sign-in beyond ${counted(limit, 'session')} ${actions[action]}.`
}
