import type {
  AddressPrivacy,
  DeviceReplacement,
  Fingerprinting,
  NetworkBinding,
  PolicyPresetName,
  PolicyRule,
  SessionLimitAction,
} from 'latchkey'
import type { NetworkListFile } from 'latchkey/signals'
import type { MailSender, SmtpPlace } from './mail-formats.ts'
import type { PostgresPlace } from './postgres-url.ts'

/** Where a value came from. `preset`: `LATCHKEY_POLICY_PRESET` says it. */
export type SettingSource = 'flag' | 'environment' | 'file' | 'preset' | 'default'

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

export type CacheKind = 'memory' | 'none'

/** How exactly it is kept where somebody signed in. */
export type LocationTracking = 'off' | 'country' | 'city'

/** The header in which trusted proxies say whom they speak for. */
export type ForwardedHeader = 'x-forwarded-for' | 'forwarded'

/** Where everything is kept. */
export type DatabaseSettings =
  /** `path`: absolute; `:memory:` for a database that is gone with the process. */
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'postgres'
      /** With the password in it: for the driver only, never to be shown. */
      readonly connectionString: string
      /** What may be shown of it. */
      readonly place: PostgresPlace
      /** How many connections this process holds at most. */
      readonly poolSize: number
    }

/** What decides how long sessions last, how many there are, and what they ask for. The preset's terms stand in them. */
export interface PolicySettings {
  readonly policyPreset: PolicyPresetName | null
  readonly policyRules: readonly PolicyRule[]
  readonly sessionLifetimeSeconds: number
  /** 0: sessions have no idle timeout. */
  readonly idleTimeoutSeconds: number
  /** 0: a session keeps its token until its user proves something anew. */
  readonly rotationIntervalSeconds: number
  /** 0: a user may have any number of sessions. */
  readonly sessionLimit: number
  readonly atSessionLimit: SessionLimitAction
  /** How old the last authentication may be for ending other sessions; 0: any age. */
  readonly reauthenticationSeconds: number
  /** As `reauthenticationSeconds`, for every change that an administrator makes; 0: any age. */
  readonly adminReauthenticationSeconds: number
  readonly networkBinding: NetworkBinding
  /** 0: the audit log is kept for ever. */
  readonly auditRetentionDays: number
  /** 0, as of the three below: for ever. */
  readonly alertRetentionDays: number
  readonly rollupHourRetentionDays: number
  readonly rollupDayRetentionDays: number
  readonly historyRetentionDays: number
}

/** How mails are sent, and to whom besides those whom they are about. */
export interface MailSettings {
  /** With the password in it: for the mail library only, never to be shown. */
  readonly server: SmtpPlace
  readonly from: MailSender
  /** Told of alerts of severity `high` and above. */
  readonly alertsTo: readonly string[]
}

/** Everything that an operator can decide, checked. One frozen object, made once by `loadSettings`. */
export interface Settings extends PolicySettings {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** As it was given, and with stars in the place of a password: `file:./.latchkey/latchkey.db`. */
  readonly databaseUrl: string
  readonly database: DatabaseSettings
  /** Whether verified sessions are kept in memory as long as they are provably current. */
  readonly cache: CacheKind
  /** Absolute. Keys live here. */
  readonly dataDirectory: string
  /** Decoded master secret; null: the one in the data directory. */
  readonly secret: Uint8Array | null
  /** Without a slash at the end; null: the address that the program listens on. */
  readonly publicUrl: string | null
  readonly adminEmail: string | null
  readonly adminPassword: string | null
  /** A service key of at least 32 characters, or null. */
  readonly apiKey: string | null
  /** CIDRs whose word about the visitor's address is believed. */
  readonly trustedProxies: readonly string[]
  /** The header in which they say it; the other one is not read. */
  readonly forwardedHeader: ForwardedHeader
  /** Origins whose pages may call the API and read its answers, besides that of `publicUrl`. */
  readonly allowedOrigins: readonly string[]
  /** 0: ended sessions are kept for ever. */
  readonly retentionDays: number
  readonly locationTracking: LocationTracking
  /** MMDB files of the operator's own; absolute. */
  readonly locationDatabases: readonly string[]
  /** Addresses of known kinds; their paths are absolute. */
  readonly networkLists: readonly NetworkListFile[]
  readonly addressPrivacy: AddressPrivacy
  /** 0: addresses are kept as long as their sessions. */
  readonly addressRetentionDays: number
  /** 0: as long as their sessions. */
  readonly userAgentRetentionDays: number
  readonly deviceReplacement: DeviceReplacement
  /** 0: devices on which nobody signs in are kept for ever. */
  readonly deviceRetentionDays: number
  readonly fingerprinting: Fingerprinting
  /** 0: as long as their devices. */
  readonly fingerprintRetentionDays: number
  /** Null: no mail is sent. */
  readonly mail: MailSettings | null
  /** For how long a node that was told to end by SIGTERM says so to load balancers, and still answers. */
  readonly drainSeconds: number
  /** Base address of an OpenTelemetry collector; null: metrics are not sent. */
  readonly otlpEndpoint: string | null
  readonly otlpIntervalSeconds: number
  readonly logLevel: LogLevel
  /** Where each value came from, and how it may be shown. */
  readonly origins: readonly SettingOrigin[]
}

/** One line of `latchkey config`. */
export interface SettingOrigin {
  /** In `latchkey.config.ts`: `port`. */
  readonly name: string
  /** `LATCHKEY_PORT` */
  readonly variable: string
  readonly source: SettingSource
  /** As text; `(set)` for a secret, and in brackets what holds where nothing was given. */
  readonly shown: string
}
