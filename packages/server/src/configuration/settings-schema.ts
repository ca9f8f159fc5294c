import {
  type AddressPrivacy,
  addressPrivacies,
  type DeviceReplacement,
  deviceReplacements,
  type Fingerprinting,
  fingerprintings,
  type NetworkBinding,
  networkBindings,
  type PolicyPresetName,
  policyPresetNames,
  type SessionLimitAction,
  sessionLimitActions,
} from 'latchkey'
import { z } from 'zod'
import { mailAddress, mailSender, smtpUrl } from './mail-formats.ts'
import { bearerKey, cidr, databaseUrl, loopbackOrHttps, networkList, secretBytes } from './setting-formats.ts'
import type { CacheKind, ForwardedHeader, LocationTracking, LogLevel } from './settings.ts'

/** Each setting as it was given, checked and decoded, with its default. */
export interface CheckedSettings {
  host: string
  port: number
  databaseUrl?: string | undefined
  databasePoolSize: number
  dataDir: string
  secret?: Uint8Array | undefined
  publicUrl?: string | undefined
  adminEmail?: string | undefined
  adminPassword?: string | undefined
  apiKey?: string | undefined
  trustedProxies: string[]
  forwardedHeader: ForwardedHeader
  sessionLifetimeSeconds: number
  idleTimeoutSeconds: number
  policyPreset?: PolicyPresetName | undefined
  /** JSON, the path of a file of it, or rules as they are; `readPolicyRules` looks at them. */
  policyRules: string | readonly unknown[]
  rotationIntervalSeconds: number
  sessionLimit: number
  atSessionLimit: SessionLimitAction
  reauthenticationSeconds: number
  adminReauthenticationSeconds: number
  networkBinding: NetworkBinding
  allowedOrigins: string[]
  retentionDays: number
  auditRetentionDays: number
  alertRetentionDays: number
  rollupHourRetentionDays: number
  rollupDayRetentionDays: number
  historyRetentionDays: number
  locationTracking: LocationTracking
  locationDatabases: string[]
  networkLists: string[]
  addressPrivacy: AddressPrivacy
  addressRetentionDays: number
  userAgentRetentionDays: number
  deviceReplacement: DeviceReplacement
  deviceRetentionDays: number
  fingerprinting: Fingerprinting
  fingerprintRetentionDays: number
  cache: CacheKind
  smtpUrl?: string | undefined
  mailFrom?: string | undefined
  alertMailTo: string[]
  drainSeconds: number
  otlpEndpoint?: string | undefined
  otlpIntervalSeconds: number
  logLevel: LogLevel
}

/** The name of a setting in `latchkey.config.ts`. */
export type SettingName = keyof CheckedSettings

const integer = /^-?\d+$/

const wholeNumber = (least: number, most: number): z.ZodType<number> =>
  z
    .union([z.number(), z.string().trim().regex(integer).transform(Number)], {
      error: 'must be a whole number',
    })
    .pipe(
      z
        .number()
        .int('must be a whole number')
        .min(least, `must be at least ${least}`)
        .max(most, `must be at most ${most}`),
    )

const text = z.string({ error: 'must be text' }).trim().min(1, 'must not be empty')

/** Separated by commas in a variable or flag; an array in the file. */
const listOf = (item: z.ZodType<string, string>, what: string): z.ZodType<string[]> =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value),
    z.array(item, { error: `must be a list of ${what}` }),
  )

const oneOf = <const Word extends string>(words: readonly Word[]): z.ZodType<Word> =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` })

/** More live sessions than anybody can look through; the list of one's own ends here, too. */
const mostSessions = 1_000

/** A hundred years: what is longer is a mistake of unit. */
const mostDays = 36_600
const daysKept = (preset: number): z.ZodType<number> => wholeNumber(0, mostDays).default(preset)

const locationTrackings = ['off', 'country', 'city'] as const

const forwardedHeaders = ['x-forwarded-for', 'forwarded'] as const

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** What is longer is a mistake of unit; the library refuses it, too. */
const longestLifetimeSeconds = 3_653 * 86_400

const cacheKinds = ['memory', 'none'] as const

/** One connection listens for what other nodes end, one may be busy with cleaning, and somebody has to answer requests. */
const leastPoolSize = 3
/** PostgreSQL allows 100 connections unless it is told otherwise, to all nodes together: more is a mistake. */
const largestPoolSize = 1_000

/** With what follows, a stop takes less than the 10 s after which `docker stop` kills. */
const longestDrainSeconds = 4

/** Settings are shown, and a password in a URL would be with them. */
const otlpEndpoint = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).refine(
  (url) => {
    const { username, password } = new URL(url)
    return username === '' && password === ''
  },
  { error: 'must be without user and password: OTEL_EXPORTER_OTLP_HEADERS has what a collector asks for' },
)

/** In seconds. What is sent less often than once an hour is a mistake of unit. */
const longestOtlpInterval = 3_600

/** The one place that says what each setting may be. Messages complete a sentence that begins with its name. */
export const settingsSchema: z.ZodType<CheckedSettings> = z.object({
  host: text.default('127.0.0.1'),
  port: wholeNumber(0, 65_535).default(4280),
  databaseUrl: text.pipe(databaseUrl).optional(),
  databasePoolSize: wholeNumber(leastPoolSize, largestPoolSize).default(10),
  dataDir: text.default('./.latchkey'),
  secret: text.pipe(secretBytes).optional(),
  publicUrl: text.pipe(loopbackOrHttps).optional(),
  adminEmail: text.pipe(z.email('must be an e-mail address')).optional(),
  adminPassword: z.string({ error: 'must be text' }).min(1, 'must not be empty').optional(),
  apiKey: text.pipe(bearerKey).optional(),
  trustedProxies: listOf(cidr, 'CIDRs').default([]),
  forwardedHeader: oneOf(forwardedHeaders).default('x-forwarded-for'),
  sessionLifetimeSeconds: wholeNumber(1, longestLifetimeSeconds).default(2_592_000),
  idleTimeoutSeconds: wholeNumber(0, longestLifetimeSeconds).default(604_800),
  policyPreset: oneOf(policyPresetNames).optional(),
  policyRules: z
    .union([text, z.array(z.unknown())], { error: 'must be JSON, a path, or an array of rules' })
    .default([]),
  rotationIntervalSeconds: wholeNumber(0, longestLifetimeSeconds).default(0),
  sessionLimit: wholeNumber(0, mostSessions).default(0),
  atSessionLimit: oneOf(sessionLimitActions).default('end-least-recent'),
  reauthenticationSeconds: wholeNumber(0, longestLifetimeSeconds).default(86_400),
  adminReauthenticationSeconds: wholeNumber(0, longestLifetimeSeconds).default(900),
  networkBinding: oneOf(networkBindings).default('off'),
  allowedOrigins: listOf(loopbackOrHttps, 'origins').default([]),
  retentionDays: daysKept(90),
  auditRetentionDays: daysKept(400),
  alertRetentionDays: daysKept(400),
  rollupHourRetentionDays: daysKept(90),
  rollupDayRetentionDays: daysKept(1_826),
  historyRetentionDays: daysKept(400),
  locationTracking: oneOf(locationTrackings).default('country'),
  locationDatabases: listOf(text, 'paths').default([]),
  networkLists: listOf(networkList, 'lists').default([]),
  addressPrivacy: oneOf(addressPrivacies).default('full'),
  addressRetentionDays: daysKept(0),
  userAgentRetentionDays: daysKept(0),
  deviceReplacement: oneOf(deviceReplacements).default('replace'),
  deviceRetentionDays: daysKept(400),
  fingerprinting: oneOf(fingerprintings).default('off'),
  fingerprintRetentionDays: daysKept(90),
  cache: oneOf(cacheKinds).default('memory'),
  smtpUrl: text.pipe(smtpUrl).optional(),
  mailFrom: text.pipe(mailSender).optional(),
  alertMailTo: listOf(mailAddress, 'e-mail addresses').default([]),
  drainSeconds: wholeNumber(0, longestDrainSeconds).default(1),
  otlpEndpoint: text.pipe(otlpEndpoint).optional(),
  otlpIntervalSeconds: wholeNumber(1, longestOtlpInterval).default(60),
  logLevel: oneOf(logLevels).default('info'),
})
