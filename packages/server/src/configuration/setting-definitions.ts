import type { SettingName } from './settings-schema.ts'

/** How one setting is given and shown. */
export interface SettingDefinition {
  /** Environment variables; the first is its name in messages, and wins. */
  readonly variables: readonly string[]
  /** As commander writes it; null where the value must not stand in a list of processes. */
  readonly flag: string | null
  readonly secret: boolean
  readonly description: string
  /** What holds where nothing was given and there is no default. */
  readonly whenUnset: string
}

const setting = (
  variables: string,
  flag: string | null,
  description: string,
  whenUnset = '(not set)',
): SettingDefinition => ({
  variables: variables.split(' '),
  flag,
  secret: false,
  description,
  whenUnset,
})

const secret = (variable: string, description: string, whenUnset = '(not set)'): SettingDefinition => ({
  variables: [variable],
  flag: null,
  secret: true,
  description,
  whenUnset,
})

/** Every setting, in the order in which `latchkey config` prints them. */
export const settingDefinitions: Readonly<Record<SettingName, SettingDefinition>> = {
  host: setting('LATCHKEY_HOST', '--host <address>', 'address to listen on'),
  port: setting('LATCHKEY_PORT PORT', '--port <number>', 'port to listen on; 0 picks a free one'),
  databaseUrl: setting(
    'LATCHKEY_DATABASE_URL',
    '--database-url <url>',
    'file:…, sqlite:… or postgres://…; a password in a flag is visible in the list of processes',
  ),
  databasePoolSize: setting(
    'LATCHKEY_DATABASE_POOL_SIZE',
    '--database-pool-size <number>',
    'connections to PostgreSQL of this process at most',
  ),
  dataDir: setting('LATCHKEY_DATA_DIR', '--data-dir <path>', 'folder of keys and embedded data'),
  secret: secret('LATCHKEY_SECRET', 'master secret, 32 bytes or more in base64', '(kept in the data folder)'),
  publicUrl: setting(
    'LATCHKEY_PUBLIC_URL',
    '--public-url <url>',
    'address that browsers use',
    '(the listening address)',
  ),
  adminEmail: setting('LATCHKEY_ADMIN_EMAIL', null, 'e-mail address of the first administrator'),
  adminPassword: secret('LATCHKEY_ADMIN_PASSWORD', 'password of the first administrator'),
  apiKey: secret('LATCHKEY_API_KEY', 'service key, at least 32 characters'),
  trustedProxies: setting(
    'LATCHKEY_TRUSTED_PROXIES',
    '--trusted-proxies <cidrs>',
    'CIDRs whose word about the visitor is believed, separated by commas',
  ),
  forwardedHeader: setting(
    'LATCHKEY_FORWARDED_HEADER',
    '--forwarded-header <name>',
    'header in which trusted proxies say it: x-forwarded-for or forwarded (RFC 7239); the other one is not read',
  ),
  sessionLifetimeSeconds: setting(
    'LATCHKEY_SESSION_LIFETIME_SECONDS',
    '--session-lifetime-seconds <number>',
    'absolute lifetime of sessions',
  ),
  idleTimeoutSeconds: setting(
    'LATCHKEY_IDLE_TIMEOUT_SECONDS',
    '--idle-timeout-seconds <number>',
    'idle timeout; 0 switches it off',
  ),
  policyPreset: setting(
    'LATCHKEY_POLICY_PRESET',
    '--policy-preset <name>',
    'terms of sessions as a standard asks for them: nist-aal1, nist-aal2, nist-aal3, pci or owasp-high; single settings win',
    '(none)',
  ),
  policyRules: setting(
    'LATCHKEY_POLICY_RULES',
    '--policy-rules <rules>',
    'stricter terms for some sessions, as JSON or the path of a JSON file',
    '(none)',
  ),
  rotationIntervalSeconds: setting(
    'LATCHKEY_ROTATION_INTERVAL_SECONDS',
    '--rotation-interval-seconds <number>',
    'after how long in use a session gets a new token; 0: only with a new proof',
  ),
  sessionLimit: setting(
    'LATCHKEY_SESSION_LIMIT',
    '--session-limit <number>',
    'live sessions that a user may have; 0: any number',
  ),
  atSessionLimit: setting(
    'LATCHKEY_AT_SESSION_LIMIT',
    '--at-session-limit <action>',
    'what a sign-in beyond the limit does: reject, end-oldest or end-least-recent',
  ),
  reauthenticationSeconds: setting(
    'LATCHKEY_REAUTHENTICATION_SECONDS',
    '--reauthentication-seconds <number>',
    'how old the last proof may be for ending other sessions; 0: any age',
  ),
  adminReauthenticationSeconds: setting(
    'LATCHKEY_ADMIN_REAUTHENTICATION_SECONDS',
    '--admin-reauthentication-seconds <number>',
    'the same for changes that an administrator makes; 0: any age',
  ),
  networkBinding: setting(
    'LATCHKEY_NETWORK_BINDING',
    '--network-binding <mode>',
    'a session that is used from another network: off, observe or end',
  ),
  allowedOrigins: setting(
    'LATCHKEY_ALLOWED_ORIGINS',
    '--allowed-origins <origins>',
    'other origins whose pages may call the API, separated by commas',
  ),
  retentionDays: setting(
    'LATCHKEY_RETENTION_DAYS',
    '--retention-days <number>',
    'days for which ended sessions are kept; 0: for ever',
  ),
  auditRetentionDays: setting(
    'LATCHKEY_AUDIT_RETENTION_DAYS',
    '--audit-retention-days <number>',
    'days for which the audit log is kept; 0: for ever',
  ),
  alertRetentionDays: setting(
    'LATCHKEY_ALERT_RETENTION_DAYS',
    '--alert-retention-days <number>',
    'days for which resolved alerts are kept; 0: for ever',
  ),
  rollupHourRetentionDays: setting(
    'LATCHKEY_ROLLUP_HOUR_RETENTION_DAYS',
    '--rollup-hour-retention-days <number>',
    'days for which numbers by the hour are kept; 0: for ever',
  ),
  rollupDayRetentionDays: setting(
    'LATCHKEY_ROLLUP_DAY_RETENTION_DAYS',
    '--rollup-day-retention-days <number>',
    'days for which numbers by the day are kept; 0: for ever',
  ),
  historyRetentionDays: setting(
    'LATCHKEY_HISTORY_RETENTION_DAYS',
    '--history-retention-days <number>',
    'days for which detectors remember a user who does not sign in; 0: for ever',
  ),
  locationTracking: setting(
    'LATCHKEY_LOCATION_TRACKING',
    '--location-tracking <level>',
    'how exactly it is kept where somebody signed in: off, country or city',
  ),
  locationDatabases: setting(
    'LATCHKEY_LOCATION_DATABASES',
    '--location-databases <paths>',
    'MMDB files of your own, separated by commas; they take the place of what comes with the program',
    '(those that come with the program)',
  ),
  networkLists: setting(
    'LATCHKEY_NETWORK_LISTS',
    '--network-lists <lists>',
    'addresses of known kinds, one address or CIDR a line: tor=/path,vpn=/path',
  ),
  addressPrivacy: setting(
    'LATCHKEY_ADDRESS_PRIVACY',
    '--address-privacy <mode>',
    'what is kept of an address: full, truncated (its /24 or /48) or none',
  ),
  addressRetentionDays: setting(
    'LATCHKEY_ADDRESS_RETENTION_DAYS',
    '--address-retention-days <number>',
    'days for which addresses are kept; 0: as long as their sessions',
  ),
  userAgentRetentionDays: setting(
    'LATCHKEY_USER_AGENT_RETENTION_DAYS',
    '--user-agent-retention-days <number>',
    'days for which User-Agent headers are kept; 0: as long as their sessions',
  ),
  deviceReplacement: setting(
    'LATCHKEY_DEVICE_REPLACEMENT',
    '--device-replacement <policy>',
    'replace: a sign-in ends the sessions of the same browser; keep: it leaves them',
  ),
  deviceRetentionDays: setting(
    'LATCHKEY_DEVICE_RETENTION_DAYS',
    '--device-retention-days <number>',
    'days for which devices are kept on which nobody signs in; 0: for ever',
  ),
  fingerprinting: setting(
    'LATCHKEY_FINGERPRINTING',
    '--fingerprinting <mode>',
    'whether browsers are looked at to recognise devices: off, consent or on',
  ),
  fingerprintRetentionDays: setting(
    'LATCHKEY_FINGERPRINT_RETENTION_DAYS',
    '--fingerprint-retention-days <number>',
    'days for which fingerprints are kept; 0: as long as their devices',
  ),
  cache: setting(
    'LATCHKEY_CACHE',
    '--cache <kind>',
    'memory: verified sessions are kept while provably current; none: each is read from the database',
  ),
  smtpUrl: secret(
    'LATCHKEY_SMTP_URL',
    'mail server: smtp:// (STARTTLS) or smtps://, with user and password',
    '(no mail is sent)',
  ),
  mailFrom: setting(
    'LATCHKEY_MAIL_FROM',
    '--mail-from <address>',
    'who mails are from: an e-mail address, or a name and one',
  ),
  alertMailTo: setting(
    'LATCHKEY_ALERT_MAIL_TO',
    '--alert-mail-to <addresses>',
    'who is told of alerts of severity high and above, separated by commas',
    '(nobody)',
  ),
  drainSeconds: setting(
    'LATCHKEY_DRAIN_SECONDS',
    '--drain-seconds <number>',
    'after SIGTERM, seconds of answers while /readyz says no, for load balancers to notice',
  ),
  otlpEndpoint: setting(
    'LATCHKEY_OTLP_ENDPOINT OTEL_EXPORTER_OTLP_ENDPOINT',
    '--otlp-endpoint <url>',
    'base address of an OpenTelemetry collector (OTLP over HTTP) to which metrics are sent',
    '(none are sent)',
  ),
  otlpIntervalSeconds: setting(
    'LATCHKEY_OTLP_INTERVAL_SECONDS',
    '--otlp-interval-seconds <number>',
    'seconds between two times that metrics are sent',
  ),
  logLevel: setting(
    'LATCHKEY_LOG_LEVEL',
    '--log-level <level>',
    'trace, debug, info, warn, error, fatal or silent',
  ),
}

export const settingNames: readonly SettingName[] = Object.keys(settingDefinitions) as SettingName[]
