import { beforeEach, describe, expect, it } from 'vitest'
import type { SessionId } from '../model/session-token.ts'
import { NotedChanges } from './noted-changes.ts'

const id: SessionId = 'ses_aaaaaaaaaaaaaaaaaaaaaaaa'
let noted: NotedChanges

beforeEach(() => {
  noted = new NotedChanges([], null)
})

describe('what was said of a session', () => {
  it('is said once, of each kind and session', () => {
    const other: SessionId = 'ses_bbbbbbbbbbbbbbbbbbbbbbbb'
    expect(noted.note(id, 'place', 'NO')).toBe(true)
    expect(noted.note(id, 'place', 'NO')).toBe(false)
    expect([noted.note(id, 'client', 'NO'), noted.note(other, 'place', 'NO')]).toEqual([true, true])
    expect([noted.isNoted(id, 'place', 'NO'), noted.isNoted(id, 'network', 'NO')]).toEqual([true, false])
  })

  it('that is taken back is said again, and makes room', () => {
    for (let count = 0; count < 100; count += 1) noted.note(id, 'client', `${count}`)
    noted.takeBack(id, 'client', '7')
    noted.takeBack(id, 'place', 'NO')
    expect(noted.note(id, 'client', '7')).toBe(true)
    expect(noted.note(id, 'client', '100')).toBe(false)
  })

  it.each(['network', 'place', 'client'] as const)('has an end: no more than 100 of the kind %s', (kind) => {
    const said = Array.from({ length: 150 }, (_, count) => noted.note(id, kind, `${count}`))
    expect(said.filter(Boolean)).toHaveLength(100)
    expect(noted.isNoted(id, kind, '149')).toBe(true)
  })

  it('goes on after any number of addresses, and the newest of those are remembered', () => {
    for (let count = 0; count < 250; count += 1) expect(noted.note(id, 'address', `${count}`)).toBe(true)
    expect([noted.isNoted(id, 'address', '249'), noted.isNoted(id, 'address', '0')]).toEqual([true, false])
    for (const kind of ['network', 'place', 'client'] as const) expect(noted.note(id, kind, 'new')).toBe(true)
  })
})
