import { instantOf, milliseconds } from 'latchkey'
import { describe, expect, it } from 'vitest'
import { type AddressFacts, checkAddresses } from './check-addresses.ts'
import { checkCleanup } from './check-cleanup.ts'
import { checkClock } from './check-clock.ts'
import { checkCounters } from './check-counters.ts'
import { checkDatabase } from './check-database.ts'
import { checkDatabaseClock } from './check-database-clock.ts'
import { checkDeadlines } from './check-deadlines.ts'
import { checkKeys, type KeyFacts } from './check-keys.ts'
import { checkNodes } from './check-nodes.ts'
import { checkPostgres } from './check-postgres.ts'
import { failed, ok, skipped, warning, worstStatus } from './finding.ts'

const noon = instantOf(Date.parse('2026-06-01T12:00:00Z'))

describe('the clock', () => {
  it('is right when nothing was written, or nothing in the future', () => {
    expect(checkClock({ now: noon, newestEventAt: null }).status).toBe('ok')
    expect(checkClock({ now: noon, newestEventAt: noon }).status).toBe('ok')
    expect(checkClock({ now: noon, newestEventAt: instantOf(noon + 5_000) }).status).toBe('ok')
  })

  it('failed when the newest entry is more than five seconds ahead, and says by how much', () => {
    const finding = checkClock({ now: noon, newestEventAt: instantOf(noon + 90_000) })
    expect(finding).toMatchObject({ status: 'failed', saw: expect.stringContaining('90 s in the future') })
    expect(checkClock({ now: noon, newestEventAt: instantOf(noon + 5_001) }).status).toBe('failed')
  })
})

describe('cleanup', () => {
  it.each([
    [0, 0, 0, 'ok'],
    [1, 0, 0, 'warning'],
    [7, 3, 0, 'failed'],
    [0, 0, 4, 'warning'],
  ])(
    'with %i overdue by an hour, %i by a day and %i kept too long is %s',
    (overdueByAnHour, overdueByADay, kept, status) => {
      expect(checkCleanup({ overdueByAnHour, overdueByADay, keptTooLong: kept }).status).toBe(status)
    },
  )
})

describe('deadlines', () => {
  it('are kept when nothing is overdue', () => {
    expect(checkDeadlines({ overdue: 0, limit: 100 }).status).toBe('ok')
  })

  it('say how many are overdue, and where they stopped counting', () => {
    expect(checkDeadlines({ overdue: 4, limit: 100 }).saw).toContain(': 4.')
    expect(checkDeadlines({ overdue: 100, limit: 100 }).saw).toContain('100 or more')
  })
})

describe('counters', () => {
  it.each([
    [{ counted: 3, recounted: 3, hasChanged: false }, 'ok'],
    [{ counted: 3, recounted: 3, hasChanged: true }, 'ok'],
    [{ counted: 3, recounted: 4, hasChanged: false }, 'failed'],
    [{ counted: 3, recounted: 4, hasChanged: true }, 'skipped'],
  ])('%o are %s', (facts, status) => {
    expect(checkCounters(facts).status).toBe(status)
  })
})

describe('the database', () => {
  it.each([
    [{ kind: 'ready', path: '/x/a.db', isWritable: true }, 'ok'],
    [{ kind: 'ready', path: '/x/a.db', isWritable: false }, 'warning'],
    [{ kind: 'absent', path: '/x/a.db' }, 'failed'],
    [{ kind: 'not-migrated', path: '/x/a.db' }, 'failed'],
    [{ kind: 'too-new', path: '/x/a.db' }, 'failed'],
    [{ kind: 'unusable', path: '/x/a.db', reason: 'it is no database.', obstacle: 'damaged' }, 'failed'],
  ] as const)('%o is %s, and is named', (facts, status) => {
    const finding = checkDatabase(facts)
    expect(finding.status).toBe(status)
    expect(finding.saw).toContain('/x/a.db')
    expect(finding.mend === null).toBe(status === 'ok')
  })
})

describe('addresses', () => {
  const from = (address: string | null, count = 10): AddressFacts => ({
    addresses: Array.from({ length: count }, () => address),
    trustedProxies: [],
    isLocalOnly: false,
  })

  it('cannot be judged by nine sessions, or by sessions without one', () => {
    expect(checkAddresses(from('10.0.0.1', 9))).toMatchObject({
      status: 'ok',
      saw: expect.stringContaining('(9)'),
    })
    expect(checkAddresses(from(null, 50)).status).toBe('ok')
  })

  it.each([
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.7.7',
    'fd00::1',
    'fe80::1',
    '127.0.0.1',
    '::1',
  ])('warn when all sessions come from %s, and say what to set', (address) => {
    const finding = checkAddresses(from(address))
    expect(finding.status).toBe('warning')
    expect(finding.mend).toContain(`LATCHKEY_TRUSTED_PROXIES=${address}/${address.includes(':') ? 128 : 32}`)
  })

  it.each(['198.51.100.7', '172.32.0.1', '100.128.0.1', '2001:db8::1'])(
    'are no proxy when all are the public %s',
    (address) => {
      expect(checkAddresses(from(address)).status).toBe('ok')
    },
  )

  it('of which only networks are kept tell a proxy on this machine, and no other from an office', () => {
    expect(checkAddresses(from('127.0.0.0/24'))).toMatchObject({
      status: 'warning',
      mend: expect.stringContaining('LATCHKEY_TRUSTED_PROXIES=127.0.0.0/24'),
    })
    for (const network of ['10.0.0.0/24', 'fd00::/48', '198.51.100.0/24', '2001:db8::/48']) {
      expect(checkAddresses(from(network)).status).toBe('ok')
    }
  })

  it('are fine when there are two of them', () => {
    const facts = from('10.0.0.1', 20)
    expect(checkAddresses({ ...facts, addresses: [...facts.addresses, '10.0.0.2'] }).status).toBe('ok')
  })

  it('may all be this machine when nobody else can reach it, and not otherwise', () => {
    expect(checkAddresses({ ...from('127.0.0.1'), isLocalOnly: true }).status).toBe('ok')
    expect(checkAddresses({ ...from('10.0.0.1'), isLocalOnly: true }).status).toBe('warning')
  })

  it('say that the proxies that were named do not lead to the visitor', () => {
    const finding = checkAddresses({ ...from('10.0.0.1'), trustedProxies: ['192.0.2.0/24'] })
    expect(finding.mend).toContain('LATCHKEY_TRUSTED_PROXIES (192.0.2.0/24) does not lead to the visitor')
  })
})

describe('keys', () => {
  const facts = (secret: KeyFacts['secret'], mode = 0o40700): KeyFacts => ({
    secret,
    dataDirectory: { path: '/x', mode },
  })

  it('are fine when they are configured, or in a file of their owner', () => {
    expect(checkKeys(facts({ kind: 'configured' })).status).toBe('ok')
    expect(checkKeys(facts({ kind: 'file', path: '/x/secret', mode: 0o100600 })).status).toBe('ok')
    expect(checkKeys({ secret: { kind: 'configured' }, dataDirectory: null }).status).toBe('ok')
  })

  it.each([0o100640, 0o100604, 0o100660])('failed when others can read the file (mode %o)', (mode) => {
    expect(checkKeys(facts({ kind: 'file', path: '/x/secret', mode }))).toMatchObject({
      status: 'failed',
      mend: 'chmod 600 /x/secret',
    })
  })

  it.each([
    [0o40755, 'warning', 'look into the data folder /x (mode 0755)'],
    [0o40770, 'failed', 'change files in the data folder /x (mode 0770)'],
    [0o40702, 'failed', 'change files in the data folder /x (mode 0702)'],
  ])('say of a folder of mode %o what others can do there', (mode, status, saw) => {
    const open = checkKeys(facts({ kind: 'file', path: '/x/secret', mode: 0o100600 }, mode))
    expect(open).toMatchObject({ status, mend: 'chmod 700 /x', saw: expect.stringContaining(saw) })
  })

  it('warn of a key that is not there yet', () => {
    expect(checkKeys(facts({ kind: 'absent', path: '/x/secret' })).status).toBe('warning')
  })

  it('failed when the database was used with another one, or with one where there is none here', () => {
    expect(checkKeys(facts({ kind: 'configured' }), 'another').status).toBe('failed')
    expect(checkKeys(facts({ kind: 'absent', path: '/x/secret' }), 'another')).toMatchObject({
      status: 'failed',
      saw: expect.stringContaining('no key file /x/secret'),
    })
    for (const comparison of ['same', 'unused', null] as const) {
      expect(checkKeys(facts({ kind: 'configured' }), comparison).status).toBe('ok')
    }
  })

  it('failed when the key cannot be used, with the reason', () => {
    expect(checkKeys(facts({ kind: 'unusable', reason: 'It is damaged.' }))).toMatchObject({
      status: 'failed',
      saw: 'It is damaged.',
    })
  })
})

describe('the clock of the database', () => {
  it.each([
    [0, 0, 'ok'],
    [5_000, 0, 'ok'],
    [-5_000, 0, 'ok'],
    [5_001, 0, 'failed'],
    [-5_001, 0, 'failed'],
    [-5_400, 500, 'ok'],
    [60_000, 0, 'failed'],
    [60_001, 0, 'failed'],
    [-90_000, 500, 'failed'],
  ])('%i ms ahead, give or take %i ms, is %s', (ahead, uncertainty, status) => {
    expect(checkDatabaseClock({ ahead, uncertainty }).status).toBe(status)
  })

  it('says by how much it differs, and in which direction', () => {
    expect(checkDatabaseClock({ ahead: 7_000, uncertainty: 1 }).saw).toContain('7 s ahead of this machine')
    expect(checkDatabaseClock({ ahead: -7_000, uncertainty: 1 }).saw).toContain('7 s behind this machine')
  })
})

describe('a PostgreSQL database', () => {
  const facts = {
    url: 'postgres://db/x',
    version: '18.0',
    fsync: true,
    fullPageWrites: true,
    synchronousCommit: 'on',
  }

  it('that is set to survive a crash is fine, and one that is not is warned of', () => {
    expect(checkPostgres(facts).status).toBe('ok')
    expect(checkPostgres({ ...facts, fsync: false })).toMatchObject({
      status: 'warning',
      saw: expect.stringContaining('fsync off'),
    })
    expect(checkPostgres({ ...facts, fullPageWrites: false })).toMatchObject({
      status: 'warning',
      saw: expect.stringContaining('full_page_writes off'),
    })
  })

  it('failed where a commit does not wait for the disk', () => {
    expect(checkPostgres({ ...facts, synchronousCommit: 'off' })).toMatchObject({
      status: 'failed',
      saw: expect.stringContaining('synchronous_commit off'),
    })
    expect(checkPostgres({ ...facts, synchronousCommit: 'remote_apply' }).status).toBe('ok')
  })
})

describe('nodes', () => {
  const node = { name: 'a.example.com:1', isFenced: false, sinceRenewal: milliseconds(400) }

  it('that renew their leases are named, with the slowest of them', () => {
    expect(
      checkNodes([node, { ...node, name: 'b.example.com:2', sinceRenewal: milliseconds(700) }]),
    ).toMatchObject({
      status: 'ok',
      saw: expect.stringMatching(/a\.example\.com:1, b\.example\.com:2\. .* within 0\.7 s/),
    })
    expect(checkNodes([]).status).toBe('ok')
  })

  it.each([{ sinceRenewal: milliseconds(2_001) }, { isFenced: true }])(
    'that are silent are warned of: %o',
    (change) => {
      const finding = checkNodes([node, { ...node, ...change, name: 'b.example.com:2' }])
      expect(finding).toMatchObject({
        status: 'warning',
        saw: expect.stringMatching(/silent: b\.example\.com:2 \(/),
      })
    },
  )
})

it('sums findings up by the worst of them', () => {
  const fine = ok('database', '')
  expect(worstStatus([fine, skipped('clock', '')])).toBe('ok')
  expect(worstStatus([fine, warning('keys', '', '')])).toBe('warning')
  expect(worstStatus([warning('keys', '', ''), failed('clock', '', ''), fine])).toBe('failed')
})
