import { resolve } from 'node:path'
import type { PolicyRule } from 'latchkey'
import { ConfigurationError } from './configuration-error.ts'
import { readConfigurationFile } from './configuration-file.ts'
import { readMailSettings } from './mail-settings.ts'
import { readPolicyRules } from './policy-rules.ts'
import { forDriver, isPostgresUrl, placeOf, withoutPassword } from './postgres-url.ts'
import { type PresetSettings, presetSettings } from './preset-settings.ts'
import { type SettingDefinition, settingDefinitions, settingNames } from './setting-definitions.ts'
import { pathOfSqliteUrl, readNetworkListSetting } from './setting-formats.ts'
import type { DatabaseSettings, PolicySettings, SettingOrigin, SettingSource, Settings } from './settings.ts'
import { type CheckedSettings, type SettingName, settingsSchema } from './settings-schema.ts'

export interface SettingInputs {
  /** By setting name, as commander parses them; others are ignored. */
  readonly flags?: Readonly<Record<string, unknown>>
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly workingDirectory: string
}

interface Given {
  readonly value: unknown
  readonly source: SettingSource
  /** How a message names it: `LATCHKEY_PORT`, `--port`, `port in latchkey.config.ts`. */
  readonly called: string
}

/**
 * Flags, then environment, then `latchkey.config.ts`, then defaults. A variable that is empty counts as not set.
 * Throws `ConfigurationError` with one sentence about the first value that cannot be used.
 */
export async function loadSettings(inputs: SettingInputs): Promise<Settings> {
  const file = await readConfigurationFile(inputs.workingDirectory)
  const stranger = Object.keys(file).find((name) => !Object.hasOwn(settingDefinitions, name))
  if (stranger !== undefined) {
    throw new ConfigurationError(
      `latchkey.config.ts has "${stranger}", which is no setting; there are ${settingNames.join(', ')}.`,
    )
  }
  const given = new Map<SettingName, Given>()
  for (const name of settingNames) {
    const found = findValue(name, inputs, file)
    if (found) given.set(name, found)
  }
  const parsed = parse(given)
  if ((parsed.adminEmail === undefined) !== (parsed.adminPassword === undefined)) {
    throw new ConfigurationError(
      'LATCHKEY_ADMIN_EMAIL and LATCHKEY_ADMIN_PASSWORD only work together; one of them is not set.',
    )
  }
  const called = given.get('policyRules')?.called ?? 'LATCHKEY_POLICY_RULES'
  const policyRules = await readPolicyRules(parsed.policyRules, called, inputs.workingDirectory)
  return assemble({ ...parsed, policyRules }, given, inputs.workingDirectory)
}

/** Settings with their rules read. */
type ReadSettings = Omit<CheckedSettings, 'policyRules'> & { readonly policyRules: readonly PolicyRule[] }

function findValue(
  name: SettingName,
  inputs: SettingInputs,
  file: Readonly<Record<string, unknown>>,
): Given | null {
  const definition = settingDefinitions[name]
  const flag = definition.flag === null ? undefined : inputs.flags?.[name]
  if (flag !== undefined) {
    return { value: flag, source: 'flag', called: definition.flag?.split(' ')[0] ?? name }
  }
  for (const variable of definition.variables) {
    const value = inputs.environment[variable]
    if (value !== undefined && value !== '') return { value, source: 'environment', called: variable }
  }
  const value = file[name]
  return value === undefined ? null : { value, source: 'file', called: `${name} in latchkey.config.ts` }
}

function parse(given: ReadonlyMap<SettingName, Given>): CheckedSettings {
  const values = Object.fromEntries([...given].map(([name, { value }]) => [name, value]))
  const result = settingsSchema.safeParse(values)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const name = issue?.path[0] as SettingName | undefined
  const called = (name && given.get(name)?.called) ?? 'The configuration'
  throw new ConfigurationError(`${called} ${issue?.message ?? 'cannot be used'}.`)
}

function assemble(
  read: ReadSettings,
  given: ReadonlyMap<SettingName, Given>,
  workingDirectory: string,
): Settings {
  const preset = presetSettings(read.policyPreset, (name) => !given.has(name))
  const parsed = { ...read, ...preset }
  const dataDirectory = resolve(workingDirectory, parsed.dataDir)
  const url = parsed.databaseUrl ?? `file:${parsed.dataDir.replace(/\/+$/, '')}/latchkey.db`
  const databaseUrl = isPostgresUrl(url) ? withoutPassword(url) : url
  const effective = { ...parsed, databaseUrl, policyRules: parsed.policyRules.map(({ name }) => name) }
  return Object.freeze({
    host: parsed.host,
    port: parsed.port,
    databaseUrl,
    database: databaseSettings(url, parsed.databasePoolSize, workingDirectory),
    cache: parsed.cache,
    dataDirectory,
    secret: parsed.secret ?? null,
    publicUrl: parsed.publicUrl ?? null,
    adminEmail: parsed.adminEmail ?? null,
    adminPassword: parsed.adminPassword ?? null,
    apiKey: parsed.apiKey ?? null,
    trustedProxies: Object.freeze(parsed.trustedProxies),
    forwardedHeader: parsed.forwardedHeader,
    allowedOrigins: Object.freeze(parsed.allowedOrigins),
    ...policySettings(parsed),
    retentionDays: parsed.retentionDays,
    ...signalSettings(parsed, workingDirectory),
    mail: readMailSettings(parsed),
    drainSeconds: parsed.drainSeconds,
    otlpEndpoint: parsed.otlpEndpoint ?? null,
    otlpIntervalSeconds: parsed.otlpIntervalSeconds,
    logLevel: parsed.logLevel,
    origins: Object.freeze(
      settingNames.map((name) => origin(name, effective[name], sourceOf(name, given, preset))),
    ),
  })
}

function policySettings(parsed: ReadSettings): PolicySettings {
  return {
    policyPreset: parsed.policyPreset ?? null,
    policyRules: Object.freeze(parsed.policyRules),
    sessionLifetimeSeconds: parsed.sessionLifetimeSeconds,
    idleTimeoutSeconds: parsed.idleTimeoutSeconds,
    rotationIntervalSeconds: parsed.rotationIntervalSeconds,
    sessionLimit: parsed.sessionLimit,
    atSessionLimit: parsed.atSessionLimit,
    reauthenticationSeconds: parsed.reauthenticationSeconds,
    adminReauthenticationSeconds: parsed.adminReauthenticationSeconds,
    networkBinding: parsed.networkBinding,
    auditRetentionDays: parsed.auditRetentionDays,
    alertRetentionDays: parsed.alertRetentionDays,
    rollupHourRetentionDays: parsed.rollupHourRetentionDays,
    rollupDayRetentionDays: parsed.rollupDayRetentionDays,
    historyRetentionDays: parsed.historyRetentionDays,
  }
}

type SignalSettings = Pick<
  Settings,
  | 'locationTracking'
  | 'locationDatabases'
  | 'networkLists'
  | 'addressPrivacy'
  | 'addressRetentionDays'
  | 'userAgentRetentionDays'
  | 'deviceReplacement'
  | 'deviceRetentionDays'
  | 'fingerprinting'
  | 'fingerprintRetentionDays'
>

function signalSettings(parsed: CheckedSettings, workingDirectory: string): SignalSettings {
  const databases = parsed.locationDatabases.map((path) => resolve(workingDirectory, path))
  const lists = parsed.networkLists.flatMap((list) => readNetworkListSetting(list) ?? [])
  return {
    locationTracking: parsed.locationTracking,
    locationDatabases: Object.freeze(databases),
    networkLists: Object.freeze(
      lists.map(({ kind, path }) => ({ kind, path: resolve(workingDirectory, path) })),
    ),
    addressPrivacy: parsed.addressPrivacy,
    addressRetentionDays: parsed.addressRetentionDays,
    userAgentRetentionDays: parsed.userAgentRetentionDays,
    deviceReplacement: parsed.deviceReplacement,
    deviceRetentionDays: parsed.deviceRetentionDays,
    fingerprinting: parsed.fingerprinting,
    fingerprintRetentionDays: parsed.fingerprintRetentionDays,
  }
}

function databaseSettings(url: string, poolSize: number, workingDirectory: string): DatabaseSettings {
  if (isPostgresUrl(url)) {
    return { kind: 'postgres', connectionString: forDriver(url), place: placeOf(url), poolSize }
  }
  const path = pathOfSqliteUrl(url)
  return { kind: 'sqlite', path: path === ':memory:' ? path : resolve(workingDirectory, path) }
}

function sourceOf(
  name: SettingName,
  given: ReadonlyMap<SettingName, Given>,
  preset: PresetSettings,
): SettingSource {
  return given.get(name)?.source ?? (Object.hasOwn(preset, name) ? 'preset' : 'default')
}

function origin(name: SettingName, value: unknown, source: SettingSource): SettingOrigin {
  const definition = settingDefinitions[name]
  const [variable = name] = definition.variables
  return { name, variable, source, shown: shown(value, definition) }
}

function shown(value: unknown, { secret, whenUnset }: SettingDefinition): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return whenUnset
  if (secret) return '(set)'
  return Array.isArray(value) ? value.join(', ') : String(value)
}
