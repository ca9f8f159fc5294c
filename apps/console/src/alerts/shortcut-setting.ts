import { useSyncExternalStore } from 'react'

/** WCAG 2.1.4: keys of one letter can be turned off; kept in this browser. */
const key = 'latchkey.shortcuts'
const listeners = new Set<() => void>()

function read(): 'on' | 'off' {
  try {
    return localStorage.getItem(key) === 'off' ? 'off' : 'on'
  } catch {
    return 'on'
  }
}

export function setShortcuts(setting: 'on' | 'off'): void {
  try {
    localStorage.setItem(key, setting)
  } catch {
    // Where nothing may be kept, they stay as they are.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useShortcuts(): 'on' | 'off' {
  return useSyncExternalStore(subscribe, read)
}
