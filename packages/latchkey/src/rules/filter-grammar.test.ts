import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { days, hours, type Instant, instantOf } from '../foundation/time.ts'
import { newDeviceId } from '../model/device.ts'
import { deviceTypes } from '../model/device-info.ts'
import { severities } from '../model/finding.ts'
import type { FacetCondition, InstantRange } from '../model/session-filter.ts'
import { type FilterReading, parseFilter } from './filter-grammar.ts'
import { formatFilter } from './format-filter.ts'
import { noFilter, type ParsedFilter } from './parsed-filter.ts'

const now = instantOf(Date.parse('2026-11-23T12:00:00.000Z'))
const device = newDeviceId('42')

function read(text: string): FilterReading {
  return parseFilter(text, now)
}

function at(iso: string): Instant {
  return instantOf(Date.parse(iso))
}

function facet(
  of: FacetCondition['facet'],
  is: FacetCondition['is'],
  ...values: string[]
): Partial<ParsedFilter> {
  return { facets: [{ facet: of, is, values }] }
}

function created(from: string | null, until: string | null): Partial<ParsedFilter> {
  return { created: { from: from === null ? null : at(from), until: until === null ? null : at(until) } }
}

describe('a filter', () => {
  it.each<[string, Partial<ParsedFilter>]>([
    ['', {}],
    [' \t\n ', {}],
    ['ann', { search: 'ann' }],
    ['"ann of the hill"', { search: 'ann of the hill' }],
    ['a,b', { search: 'a,b' }],
    ['2001:db8::1', { search: '2001:db8::1' }],
    ['"system:1"', { search: 'system:1' }],
    ['user:42', { userId: '42' }],
    ['user:ann@example.com', { userId: 'ann@example.com' }],
    ['user:"a b"', { userId: 'a b' }],
    [`user:42 device:${device}`, { userId: '42', deviceId: device }],
    [`device:${device} user:42`, { userId: '42', deviceId: device }],
    ['type:mobile,Tablet', facet('device_type', 'one-of', 'mobile', 'tablet')],
    ['-type:bot', facet('device_type', 'none-of', 'bot')],
    ['browser:chrome', facet('browser', 'one-of', 'Chrome')],
    ['browser:"chrome"', facet('browser', 'one-of', 'chrome')],
    ['browser:chrome,"chrome"', facet('browser', 'one-of', 'Chrome', 'chrome')],
    ['browser:"Mobile Safari","a\\"b\\\\c"', facet('browser', 'one-of', 'Mobile Safari', 'a"b\\c')],
    ['browser:Firefox,Firefox', facet('browser', 'one-of', 'Firefox')],
    ['OS:MACOS', facet('os', 'one-of', 'macOS')],
    ['country:no,SE,unknown', facet('country', 'one-of', 'NO', 'SE', 'unknown')],
    ['network:AS64500,64501', facet('network', 'one-of', '64500', '64501')],
    ['ip:::ffff:192.0.2.7', { ipAddress: '192.0.2.7' }],
    ['ip:2001:DB8:0::1', { ipAddress: '2001:db8::1' }],
    ['ip:192.0.2.7/24', { addressRange: '192.0.2.0/24' }],
    ['ip:2001:db8:1:2::/48', { addressRange: '2001:db8:1::/48' }],
    ['risk:high', { risk: 'high' }],
    ['state:ended', { state: 'ended' }],
    ['created:>=2026-11-01', created('2026-11-01T00:00:00Z', null)],
    ['created:>2026-11-01', created('2026-11-02T00:00:00Z', null)],
    ['created:<2026-11-01', created(null, '2026-11-01T00:00:00Z')],
    ['created:<=2026-11-01', created(null, '2026-11-02T00:00:00Z')],
    ['created:2026-11-01', created('2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z')],
    ['created:2026-11-01..2026-11-08', created('2026-11-01T00:00:00Z', '2026-11-09T00:00:00Z')],
    ['created:>=2026-11-01T10:30+01:00', created('2026-11-01T09:30:00Z', null)],
    ['created:<=2026-11-01T10:30:00.5Z', created(null, '2026-11-01T10:30:00.501Z')],
    ['created:>=2026-11-01 created:<2026-11-03', created('2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z')],
    ['created:<7d', created('2026-11-16T12:00:00.001Z', null)],
    ['created:<=7d', created('2026-11-16T12:00:00.000Z', null)],
    ['created:>90m', created(null, '2026-11-23T10:30:00.000Z')],
    ['active:>30d', { lastActive: { from: null, until: at('2026-10-24T12:00:00.000Z') } }],
    ['active:>=2h', { lastActive: { from: null, until: at('2026-11-23T10:00:00.001Z') } }],
    ['created:<999999w', created('1970-01-01T00:00:00Z', null)],
    ['created:<=9999-12-31', created(null, '9999-12-31T23:59:59.999Z')],
  ])('%j is read', (text, conditions) => {
    expect(read(text)).toEqual({ kind: 'filter', filter: { ...noFilter, ...conditions } })
  })

  it('holds all of its words together, also where a key stands there twice', () => {
    expect(read('country:NO,SE -country:SE browser:Firefox ann')).toEqual({
      kind: 'filter',
      filter: {
        ...noFilter,
        facets: [
          { facet: 'country', is: 'one-of', values: ['NO', 'SE'] },
          { facet: 'country', is: 'none-of', values: ['SE'] },
          { facet: 'browser', is: 'one-of', values: ['Firefox'] },
        ],
        search: 'ann',
      },
    })
  })

  it.each([
    ['colour:red', 'colour:red', 0, /no key colour/],
    ['country:NO  colour:red', 'colour:red', 12, /no key colour/],
    ['constructor:x', 'constructor:x', 0, /no key/],
    ['country:', 'country:', 0, /needs a value/],
    ['country:NO,', 'country:NO,', 0, /needs a value/],
    ['user:""', 'user:""', 0, /needs a value/],
    ['country:Norway', 'country:Norway', 0, /two letters/],
    ['network:AS4294967296', 'network:AS4294967296', 0, /AS64500/],
    ['type:toaster', 'type:toaster', 0, /desktop, mobile/],
    ['ip:192.0.2.0/25', 'ip:192.0.2.0/25', 0, /\/24/],
    ['ip:192.0.2.0/48', 'ip:192.0.2.0/48', 0, /\/24/],
    ['ip:nonsense', 'ip:nonsense', 0, /address/],
    ['risk:severe', 'risk:severe', 0, /critical/],
    ['state:asleep', 'state:asleep', 0, /live or ended/],
    ['created:yesterday', 'created:yesterday', 0, /<7d/],
    ['created:7d', 'created:7d', 0, /<7d/],
    ['created:>=2026-02-31', 'created:>=2026-02-31', 0, /<7d/],
    ['created:2026-11-08..2026-11-01', 'created:2026-11-08..2026-11-01', 0, /<7d/],
    ['created:2026-11-01..', 'created:2026-11-01..', 0, /<7d/],
    ['-user:42', '-user:42', 0, /cannot be negated/],
    ['user:1,2', 'user:1,2', 0, /one value/],
    ['user:1 user:2', 'user:2', 7, /twice/],
    ['state:live state:live', 'state:live', 11, /twice/],
    ['ann bob', 'bob', 4, /quotes/],
    ['-ann', '-ann', 0, /quotes/],
    ['browser:"Mobile', 'browser:"Mobile', 0, /not closed/],
    ['browser:Mobile" Safari"', 'browser:Mobile" Safari"', 0, /whole value/],
    ['browser:"a"b', 'browser:"a"b', 0, /whole value/],
    [`device:${device}`, `device:${device}`, 0, /user/],
    ['user:42 device:dev_1', 'device:dev_1', 8, /dev_/],
    ['a\0b', 'a\0b', 0, /NUL/],
    ['\ud800', '\ufffd', 0, /well-formed/],
  ])('%j is refused, naming the word and where it begins', (text, word, position, message) => {
    expect(read(text)).toEqual({
      kind: 'fault',
      fault: { word, position, message: expect.stringMatching(message) },
    })
  })

  it('has bounds: its length, its words, the values in a word and the length of a value', () => {
    expect(read('x'.repeat(4_001)).kind).toBe('fault')
    expect(read('-type:bot '.repeat(40)).kind).toBe('filter')
    expect(read('-type:bot '.repeat(41))).toMatchObject({ fault: { position: 400 } })
    const browsers = (count: number) =>
      `browser:${Array.from({ length: count }, (_, index) => `b${index}`).join(',')}`
    expect(read(browsers(50)).kind).toBe('filter')
    expect(read(browsers(51)).kind).toBe('fault')
    expect(read('x'.repeat(255)).kind).toBe('filter')
    expect(read('x'.repeat(256)).kind).toBe('fault')
  })
})

const text = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  )
  .filter((value) => !value.includes('\0'))
const instant = fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59.999Z') }).map(instantOf)
const range: fc.Arbitrary<InstantRange | null> = fc
  .record({ from: fc.option(instant), until: fc.option(instant) })
  .map((found) => (found.from === null && found.until === null ? null : found))
const values = (value: fc.Arbitrary<string>) => fc.uniqueArray(value, { minLength: 1, maxLength: 4 })
const letters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
const facets: fc.Arbitrary<FacetCondition> = fc.oneof(
  ...(
    [
      ['device_type', fc.constantFrom(...deviceTypes)],
      ['browser', fc.oneof(text, fc.constantFrom('Chrome', 'chrome', 'unknown'))],
      ['os', text],
      ['country', fc.tuple(letters, letters).map((pair) => pair.join(''))],
      ['network', fc.integer({ min: 0, max: 0xffff_ffff }).map(String)],
    ] as const
  ).map(([of, value]) =>
    fc.record({
      facet: fc.constant(of),
      is: fc.constantFrom('one-of' as const, 'none-of' as const),
      values: values(value),
    }),
  ),
)
const filters: fc.Arbitrary<ParsedFilter> = fc
  .record({
    userId: fc.option(text),
    deviceId: fc.option(fc.constant(device)),
    facets: fc.array(facets, { maxLength: 4 }),
    ipAddress: fc.option(fc.constantFrom('192.0.2.7', '2001:db8::1')),
    addressRange: fc.option(fc.constantFrom('192.0.2.0/24', '2001:db8:1::/48')),
    created: range,
    lastActive: range,
    risk: fc.option(fc.constantFrom(...severities)),
    state: fc.option(fc.constantFrom('live' as const, 'ended' as const)),
    search: fc.option(text),
  })
  .map((filter) => (filter.userId === null ? { ...filter, deviceId: null } : filter))

describe('for everything', () => {
  it('what is written of a filter is read as that filter, whenever it is read', () => {
    fc.assert(
      fc.property(filters, instant, (filter, anyTime) => {
        expect(parseFilter(formatFilter(filter), anyTime)).toEqual({ kind: 'filter', filter })
      }),
    )
  })

  it('any text is read or refused, and what is refused is named', () => {
    const pieces = fc.constantFrom(
      ' ',
      '"',
      '\\',
      ',',
      ':',
      '-',
      '..',
      '>=',
      'user:',
      'created:',
      'NO',
      '7d',
      '\0',
    )
    const anything = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(anything, (written) => {
        const reading = read(written)
        if (reading.kind === 'filter') {
          expect(parseFilter(formatFilter(reading.filter), after(now))).toEqual(reading)
          return
        }
        const { word, position, message } = reading.fault
        if (written.isWellFormed())
          expect(written.startsWith(word.replace('\ufffd', ''), position)).toBe(true)
        expect(message).toMatch(/^[A-Za-z].*\.$/s)
      }),
    )
  })
})

function after(instantBefore: Instant): Instant {
  return instantOf(instantBefore + days(3) + hours(1))
}
