import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newDeviceId } from '../model/device.ts'
import { formatDeviceToken } from '../model/device-token.ts'
import { deviceCookieName, deviceCookies, readDeviceCookie } from './device-cookie.ts'
import { parsePublicUrl } from './public-address.ts'

const https = parsePublicUrl('https://app.example.com')
const loopback = parsePublicUrl('http://127.0.0.1:4280')
const name = deviceCookieName(https)
const newToken = () => formatDeviceToken(new Uint8Array(32), newDeviceId('ann'), 'ann')
const none = { tokens: [], isPlanted: false }
const read = (value: string) => readDeviceCookie(`${name}=${value}`, https)

it('has a name of its own, with the prefix that only the host itself can set', () => {
  expect([name, deviceCookieName(loopback)]).toEqual(['__Host-latchkey-device', 'latchkey-device'])
})

it('is for this host, this scheme and no script, for as long as browsers keep one', () => {
  const token = newToken()
  expect(deviceCookies(token, none, https)).toEqual([
    `__Host-latchkey-device=${token}; Max-Age=34560000; Path=/; HttpOnly; Secure; SameSite=Lax`,
  ])
  expect(deviceCookies(token, none, loopback)).toEqual([
    `latchkey-device=${token}; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax`,
  ])
})

describe('the tokens of a browser', () => {
  it('come back as they were set, the newest first', () => {
    const [ann, bob] = [newToken(), newToken()]
    const [cookie = ''] = deviceCookies(bob, read(ann), https)
    expect(readDeviceCookie(cookie.split(';')[0] ?? '', https).tokens).toEqual([bob, ann])
  })

  it('are there once each, and one that is set again moves to the front', () => {
    const [ann, bob, eve] = [newToken(), newToken(), newToken()]
    const [cookie] = deviceCookies(eve, read([ann, bob, eve, bob].join('~')), https)
    expect(cookie).toContain(`${name}=${[eve, ann, bob].join('~')};`)
  })

  it('are eight at most: the one that was set longest ago goes', () => {
    const all = Array.from({ length: 8 }, newToken)
    const token = newToken()
    const [cookie] = deviceCookies(token, read(all.join('~')), https)
    expect(cookie).toContain(`${name}=${[token, ...all.slice(0, 7)].join('~')};`)
    expect(read([...all, token].join('~')).tokens).toEqual(all)
  })

  it('are none when two cookies of the name came, and the planted one is cleared wherever it can be', () => {
    const [ann, bob] = [newToken(), newToken()]
    const twice = readDeviceCookie(`${name}=${ann}; ${name}=${ann}`, https)
    expect(twice).toEqual({ tokens: [], isPlanted: true })
    expect(deviceCookies(bob, twice, https).map((cookie) => cookie.split(';', 2))).toEqual([
      [`${name}=`, ' Max-Age=0'],
      [`${name}=`, ' Max-Age=0'],
      [`${name}=${bob}`, ' Max-Age=34560000'],
    ])
  })

  it('are not those of the session cookie, of a look-alike or of the plain name', () => {
    const token = newToken()
    for (const other of ['__Host-latchkey', 'latchkey-device', `\u00a0${name}`, name.toUpperCase()]) {
      expect(readDeviceCookie(`${other}=${token}`, https)).toEqual(none)
    }
    expect(readDeviceCookie(null, https)).toEqual(none)
  })

  it('are found among garbage, which is left out', () => {
    const token = newToken()
    expect(read(`~~x~${token}x~"${token}"~${token}~<script>~`).tokens).toEqual([token])
  })

  it('are few and of the right shape, whatever the cookie holds', () => {
    const piece = fc.oneof(fc.constantFrom('~', newToken(), 'dev_', ' ', ','), fc.string())
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { tokens } = read(pieces.join('').replaceAll(';', ''))
        expect(tokens.length).toBeLessThanOrEqual(8)
        for (const token of tokens) expect(token).toMatch(/^dev_[a-z2-7]{24}\.[\w-]{22}$/)
      }),
    )
  })

  it('are not looked for in what is far longer than any of ours', () => {
    expect(read(`${newToken()}~${'x'.repeat(1_000)}`)).toEqual(none)
  })
})
