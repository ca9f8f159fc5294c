import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-program.ts'
import { loadSettings } from './load-settings.ts'

const nowhere = { workingDirectory: '/nonexistent' }

describe('settings', () => {
  it('have the documented defaults', async () => {
    const settings = await loadSettings({ environment: {}, workingDirectory: '/srv/app' })
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 4280,
      databaseUrl: 'file:./.latchkey/latchkey.db',
      database: { kind: 'sqlite', path: '/srv/app/.latchkey/latchkey.db' },
      cache: 'memory',
      dataDirectory: '/srv/app/.latchkey',
      secret: null,
      publicUrl: null,
      apiKey: null,
      trustedProxies: [],
      sessionLifetimeSeconds: 2_592_000,
      idleTimeoutSeconds: 604_800,
      policyPreset: null,
      policyRules: [],
      rotationIntervalSeconds: 0,
      sessionLimit: 0,
      atSessionLimit: 'end-least-recent',
      reauthenticationSeconds: 86_400,
      adminReauthenticationSeconds: 900,
      networkBinding: 'off',
      allowedOrigins: [],
      auditRetentionDays: 400,
      alertRetentionDays: 400,
      rollupHourRetentionDays: 90,
      rollupDayRetentionDays: 1_826,
      historyRetentionDays: 400,
      retentionDays: 90,
      forwardedHeader: 'x-forwarded-for',
      locationTracking: 'country',
      locationDatabases: [],
      networkLists: [],
      addressPrivacy: 'full',
      addressRetentionDays: 0,
      userAgentRetentionDays: 0,
      deviceReplacement: 'replace',
      deviceRetentionDays: 400,
      fingerprinting: 'off',
      fingerprintRetentionDays: 90,
      drainSeconds: 1,
      otlpEndpoint: null,
      otlpIntervalSeconds: 60,
      logLevel: 'info',
    })
    expect(settings.origins.every(({ source }) => source === 'default')).toBe(true)
    expect(Object.isFrozen(settings)).toBe(true)
  })

  it('come from flags before the environment before the file before defaults', async () => {
    await using folder = await temporaryFolder()
    await writeFile(
      join(folder.path, 'latchkey.config.ts'),
      "const port: number = 1\nexport default { port, host: '::1', retentionDays: 2, logLevel: 'warn' }\n",
    )
    const settings = await loadSettings({
      flags: { port: '3' },
      environment: { LATCHKEY_PORT: '2', LATCHKEY_HOST: 'localhost', LATCHKEY_LOG_LEVEL: '' },
      workingDirectory: folder.path,
    })
    expect(settings).toMatchObject({ port: 3, host: 'localhost', retentionDays: 2, logLevel: 'warn' })
    const sources = Object.fromEntries(settings.origins.map(({ variable, source }) => [variable, source]))
    expect(sources).toMatchObject({
      LATCHKEY_PORT: 'flag',
      LATCHKEY_HOST: 'environment',
      LATCHKEY_RETENTION_DAYS: 'file',
      LATCHKEY_LOG_LEVEL: 'file',
      LATCHKEY_DATA_DIR: 'default',
    })
  })

  it('take PORT, and LATCHKEY_PORT before it', async () => {
    expect((await loadSettings({ ...nowhere, environment: { PORT: '5' } })).port).toBe(5)
    const both = { PORT: '5', LATCHKEY_PORT: '6' }
    expect((await loadSettings({ ...nowhere, environment: both })).port).toBe(6)
  })

  it('put the database into the data directory unless told otherwise', async () => {
    const environment = { LATCHKEY_DATA_DIR: '/var/lib/latchkey/' }
    const settings = await loadSettings({ ...nowhere, environment })
    expect(settings.database).toEqual({ kind: 'sqlite', path: '/var/lib/latchkey/latchkey.db' })
  })

  it('read files of places and networks from the working directory', async () => {
    const environment = {
      LATCHKEY_LOCATION_DATABASES: 'city.mmdb, /var/lib/asn.mmdb',
      LATCHKEY_NETWORK_LISTS: 'tor=tor.txt,vpn=/etc/vpn=1.txt',
    }
    const settings = await loadSettings({ environment, workingDirectory: '/srv' })
    expect(settings.locationDatabases).toEqual(['/srv/city.mmdb', '/var/lib/asn.mmdb'])
    expect(settings.networkLists).toEqual([
      { kind: 'tor', path: '/srv/tor.txt' },
      { kind: 'vpn', path: '/etc/vpn=1.txt' },
    ])
  })

  it.each([
    ['file:./a.db', '/srv/a.db'],
    ['sqlite:a.db', '/srv/a.db'],
    ['file:/data/a.db', '/data/a.db'],
    ['file:///data/a.db', '/data/a.db'],
    ['sqlite::memory:', ':memory:'],
  ])('read the database URL %s', async (url, path) => {
    const environment = { LATCHKEY_DATABASE_URL: url }
    const { database } = await loadSettings({ environment, workingDirectory: '/srv' })
    expect(database).toEqual({ kind: 'sqlite', path })
  })

  it.each(['postgres', 'postgresql'])('read the database URL %s://…', async (scheme) => {
    const environment = {
      LATCHKEY_DATABASE_URL: `${scheme}://ada:p%40ss@db.example.com:6432/la%20tch?sslmode=require`,
      LATCHKEY_DATABASE_POOL_SIZE: '7',
    }
    expect((await loadSettings({ ...nowhere, environment })).database).toEqual({
      kind: 'postgres',
      connectionString: `${scheme}://ada:p%40ss@db.example.com:6432/la%20tch?sslmode=verify-full`,
      place: { host: 'db.example.com', port: 6432, database: 'la tch', user: 'ada' },
      poolSize: 7,
    })
  })

  it('take a Unix socket for the server', async () => {
    const environment = { LATCHKEY_DATABASE_URL: 'postgres:///latchkey?host=/run/postgresql&user=ada' }
    expect((await loadSettings({ ...nowhere, environment })).database).toMatchObject({
      place: { host: '/run/postgresql', port: 5432, database: 'latchkey', user: 'ada' },
    })
  })

  it.each(['postgres://ada:canary@db/x', 'postgres://ada@db/x?password=canary'])(
    'show %s without its password',
    async (url) => {
      const settings = await loadSettings({ ...nowhere, environment: { LATCHKEY_DATABASE_URL: url } })
      expect(settings.databaseUrl).toMatch(/^postgres:\/\/ada.*@db\/x/)
      expect(JSON.stringify([settings.databaseUrl, settings.origins])).not.toContain('canary')
    },
  )

  it('have the terms of a preset, and single settings before them', async () => {
    const environment = {
      LATCHKEY_POLICY_PRESET: 'owasp-high',
      LATCHKEY_IDLE_TIMEOUT_SECONDS: '600',
      LATCHKEY_REAUTHENTICATION_SECONDS: '0',
    }
    const settings = await loadSettings({ ...nowhere, environment })
    expect(settings).toMatchObject({
      policyPreset: 'owasp-high',
      sessionLifetimeSeconds: 28_800,
      idleTimeoutSeconds: 600,
      rotationIntervalSeconds: 900,
      reauthenticationSeconds: 0,
      sessionLimit: 0,
    })
    const origins = Object.fromEntries(settings.origins.map(({ variable, ...rest }) => [variable, rest]))
    expect(origins).toMatchObject({
      LATCHKEY_SESSION_LIFETIME_SECONDS: { source: 'preset', shown: '28800' },
      LATCHKEY_IDLE_TIMEOUT_SECONDS: { source: 'environment', shown: '600' },
      LATCHKEY_ROTATION_INTERVAL_SECONDS: { source: 'preset', shown: '900' },
      LATCHKEY_SESSION_LIMIT: { source: 'default', shown: '0' },
    })
  })

  it('leave what a preset does not say, and take from it that there is no idle timeout', async () => {
    const withPreset = (name: string) =>
      loadSettings({ ...nowhere, environment: { LATCHKEY_POLICY_PRESET: name } })
    expect(await withPreset('pci')).toMatchObject({
      sessionLifetimeSeconds: 2_592_000,
      idleTimeoutSeconds: 900,
    })
    expect(await withPreset('nist-aal1')).toMatchObject({ idleTimeoutSeconds: 0 })
  })

  it('take other origins as browsers write them', async () => {
    const environment = { LATCHKEY_ALLOWED_ORIGINS: 'https://App.example.com/, http://localhost:3000' }
    const { allowedOrigins } = await loadSettings({ ...nowhere, environment })
    expect(allowedOrigins).toEqual(['https://app.example.com', 'http://localhost:3000'])
  })

  it('show no secret', async () => {
    const environment = {
      LATCHKEY_SECRET: Buffer.alloc(32, 7).toString('base64'),
      LATCHKEY_API_KEY: 'canary-key-canary-key-canary-key-canary',
      LATCHKEY_ADMIN_EMAIL: 'root@example.com',
      LATCHKEY_ADMIN_PASSWORD: 'canary password phrase',
    }
    const { origins } = await loadSettings({ ...nowhere, environment })
    const text = JSON.stringify(origins)
    for (const variable of ['LATCHKEY_SECRET', 'LATCHKEY_API_KEY', 'LATCHKEY_ADMIN_PASSWORD']) {
      expect(origins.find((origin) => origin.variable === variable)?.shown).toBe('(set)')
    }
    expect(text).not.toContain('canary')
    expect(text).not.toContain(environment.LATCHKEY_SECRET)
  })
})

describe('a setting that cannot be used is refused in one sentence that names it:', () => {
  it.each([
    [{ LATCHKEY_PORT: 'http' }, 'LATCHKEY_PORT must be a whole number.'],
    [{ LATCHKEY_PORT: '65536' }, 'LATCHKEY_PORT must be at most 65535.'],
    [{ PORT: '-1' }, 'PORT must be at least 0.'],
    [{ LATCHKEY_SESSION_LIFETIME_SECONDS: '0' }, 'LATCHKEY_SESSION_LIFETIME_SECONDS must be at least 1.'],
    [{ LATCHKEY_IDLE_TIMEOUT_SECONDS: '1.5' }, 'LATCHKEY_IDLE_TIMEOUT_SECONDS must be a whole number.'],
    [{ LATCHKEY_RETENTION_DAYS: '99999' }, 'LATCHKEY_RETENTION_DAYS must be at most 36600.'],
    [{ LATCHKEY_LOG_LEVEL: 'loud' }, /^LATCHKEY_LOG_LEVEL must be one of trace, debug/],
    [{ LATCHKEY_API_KEY: 'a'.repeat(31) }, 'LATCHKEY_API_KEY must have at least 32 characters.'],
    [{ LATCHKEY_API_KEY: 'a key with spaces cannot be sent as a bearer token' }, /must consist of letters/],
    [{ LATCHKEY_SECRET: 'c2hvcnQ=' }, /^LATCHKEY_SECRET must hold at least 32 bytes/],
    [{ LATCHKEY_SECRET: 'no base64!' }, 'LATCHKEY_SECRET must be base64.'],
    [{ LATCHKEY_OTLP_ENDPOINT: 'collector:4318' }, 'LATCHKEY_OTLP_ENDPOINT must be an http or https URL.'],
    [{ LATCHKEY_OTLP_ENDPOINT: 'https://a:b@collector' }, /^LATCHKEY_OTLP_ENDPOINT must be without user/],
    [{ LATCHKEY_DATABASE_URL: 'mysql://db/x' }, /^LATCHKEY_DATABASE_URL must begin with file: or sqlite:/],
    [{ LATCHKEY_DATABASE_URL: 'postgres://db' }, /must name a server and a database, such as postgres:/],
    [{ LATCHKEY_DATABASE_URL: 'postgres:///x' }, /must name a server and a database/],
    [{ LATCHKEY_DATABASE_URL: 'postgres://ada:can/ary@db/x' }, /write %40 for @/],
    [{ LATCHKEY_DATABASE_URL: 'postgres://ada:12/34@db/x' }, /write %40 for @/],
    [{ LATCHKEY_DATABASE_URL: 'postgres://ada:can%ary@db/x' }, /write %40 for @/],
    [{ LATCHKEY_DATABASE_POOL_SIZE: '2' }, 'LATCHKEY_DATABASE_POOL_SIZE must be at least 3.'],
    [{ LATCHKEY_CACHE: 'redis' }, 'LATCHKEY_CACHE must be one of memory, none.'],
    [{ LATCHKEY_PUBLIC_URL: 'http://sessions.example.com' }, /^LATCHKEY_PUBLIC_URL must begin with https/],
    [{ LATCHKEY_PUBLIC_URL: 'http://192.0.2.7' }, /^LATCHKEY_PUBLIC_URL must begin with https/],
    [{ LATCHKEY_PUBLIC_URL: 'http://localhost.example.com' }, /must begin with https/],
    [{ LATCHKEY_PUBLIC_URL: 'https://example.com/path' }, /must be an origin/],
    [{ LATCHKEY_PUBLIC_URL: 'example.com' }, /must be a URL/],
    [{ LATCHKEY_TRUSTED_PROXIES: '10.0.0.0/8,proxy' }, /"proxy", which is not a CIDR/],
    [{ LATCHKEY_TRUSTED_PROXIES: '10.0.0.0/33' }, /"10.0.0.0\/33", which is not a CIDR/],
    [{ LATCHKEY_TRUSTED_PROXIES: '::ffff:10.0.0.0/104' }, /"::ffff:10.0.0.0\/104", which is not a CIDR/],
    [
      { LATCHKEY_ADMIN_EMAIL: 'root', LATCHKEY_ADMIN_PASSWORD: 'x' },
      /^LATCHKEY_ADMIN_EMAIL must be an e-mail/,
    ],
    [{ LATCHKEY_ADMIN_EMAIL: 'root@example.com' }, /only work together/],
    [
      { LATCHKEY_LOCATION_TRACKING: 'street' },
      'LATCHKEY_LOCATION_TRACKING must be one of off, country, city.',
    ],
    [{ LATCHKEY_NETWORK_LISTS: 'tor' }, /^LATCHKEY_NETWORK_LISTS has "tor", which is not a kind and a file/],
    [{ LATCHKEY_NETWORK_LISTS: 'tor=/a,private=/b' }, /"private=\/b".*kinds are tor, vpn, relay/],
    [
      { LATCHKEY_FORWARDED_HEADER: 'via' },
      /^LATCHKEY_FORWARDED_HEADER must be one of x-forwarded-for, forwa/,
    ],
    [{ LATCHKEY_ADDRESS_PRIVACY: 'half' }, 'LATCHKEY_ADDRESS_PRIVACY must be one of full, truncated, none.'],
    [{ LATCHKEY_ADDRESS_RETENTION_DAYS: '-1' }, 'LATCHKEY_ADDRESS_RETENTION_DAYS must be at least 0.'],
    [{ LATCHKEY_DEVICE_REPLACEMENT: 'yes' }, 'LATCHKEY_DEVICE_REPLACEMENT must be one of replace, keep.'],
    [{ LATCHKEY_POLICY_PRESET: 'nist' }, /^LATCHKEY_POLICY_PRESET must be one of nist-aal1, nist-aal2/],
    [{ LATCHKEY_SESSION_LIMIT: '1001' }, 'LATCHKEY_SESSION_LIMIT must be at most 1000.'],
    [{ LATCHKEY_AT_SESSION_LIMIT: 'end' }, /^LATCHKEY_AT_SESSION_LIMIT must be one of reject, end-oldest/],
    [{ LATCHKEY_ROTATION_INTERVAL_SECONDS: '-1' }, 'LATCHKEY_ROTATION_INTERVAL_SECONDS must be at least 0.'],
    [
      { LATCHKEY_ADMIN_REAUTHENTICATION_SECONDS: 'x' },
      /^LATCHKEY_ADMIN_REAUTHENTICATION_SECONDS must be a w/,
    ],
    [{ LATCHKEY_NETWORK_BINDING: 'on' }, 'LATCHKEY_NETWORK_BINDING must be one of off, observe, end.'],
    [{ LATCHKEY_ALLOWED_ORIGINS: '*' }, /^LATCHKEY_ALLOWED_ORIGINS must be a URL such as/],
    [{ LATCHKEY_ALLOWED_ORIGINS: 'https://a.example, null' }, /^LATCHKEY_ALLOWED_ORIGINS must be a URL/],
    [{ LATCHKEY_ALLOWED_ORIGINS: 'http://a.example' }, /^LATCHKEY_ALLOWED_ORIGINS must begin with https/],
    [{ LATCHKEY_AUDIT_RETENTION_DAYS: '-1' }, 'LATCHKEY_AUDIT_RETENTION_DAYS must be at least 0.'],
    [{ LATCHKEY_FINGERPRINTING: 'true' }, 'LATCHKEY_FINGERPRINTING must be one of off, consent, on.'],
  ] as [Record<string, string>, string | RegExp][])('%o', async (environment, message) => {
    await expect(loadSettings({ ...nowhere, environment })).rejects.toThrow(message)
  })

  it.each([
    ['export default 5', 'latchkey.config.ts must export an object by default'],
    ['export default { ports: 1 }', 'latchkey.config.ts has "ports", which is no setting'],
    ['export default { port: true }', 'port in latchkey.config.ts must be a whole number.'],
    ["throw new Error('boom')", 'latchkey.config.ts could not be run: boom'],
  ])('the file %s', async (source, message) => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, 'latchkey.config.ts'), source)
    await expect(loadSettings({ environment: {}, workingDirectory: folder.path })).rejects.toThrow(message)
  })
})

it.each(['http://localhost:4280', 'http://127.0.0.1', 'http://[::1]:80', 'https://sessions.example.com/'])(
  'the public URL %s is accepted',
  async (url) => {
    const settings = await loadSettings({ ...nowhere, environment: { LATCHKEY_PUBLIC_URL: url } })
    expect(settings.publicUrl).toBe(new URL(url).origin)
  },
)
