import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  assuranceLevels,
  type Duration,
  networkBindings,
  type PolicyRule,
  type RuleCondition,
  seconds,
} from 'latchkey'
import { z } from 'zod'
import { ConfigurationError } from './configuration-error.ts'

/** What is longer is a mistake of unit; the library refuses it, too. */
const longestSeconds = 3_653 * 86_400

/** A rule that says 0 would ask for no limit, and rules only tighten. */
const atLeastOne = (most: number): z.ZodType<number> =>
  z
    .number({ error: 'must be a whole number' })
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(most, `must be at most ${most}`)

const duration: z.ZodType<Duration, unknown> = atLeastOne(longestSeconds).transform(seconds)

const role = z
  .string({ error: 'must be a list of names' })
  .min(1, 'must hold names of 1 to 64 characters')
  .max(64, 'must hold names of 1 to 64 characters')

const condition = z
  .strictObject(
    {
      roles: z
        .array(role, { error: 'must be a list of names' })
        .min(1, 'must name one at least')
        .max(32, 'must name at most 32')
        .optional(),
      device_trust: z
        .enum(['trusted', 'untrusted'], { error: 'must be one of trusted, untrusted' })
        .optional(),
      assurance: z
        .array(z.enum(assuranceLevels, { error: `must be a list of ${assuranceLevels.join(', ')}` }), {
          error: `must be a list of ${assuranceLevels.join(', ')}`,
        })
        .min(1, 'must name one at least')
        .optional(),
    },
    { error: unknownName('no condition; there are roles, device_trust, assurance', 'must be an object') },
  )
  .transform(
    ({ roles, device_trust: deviceTrust, assurance }): RuleCondition => ({
      ...(roles && { roles }),
      ...(deviceTrust && { deviceTrust }),
      ...(assurance && { assurance }),
    }),
  )

const terms = {
  absolute_lifetime_seconds: duration.optional(),
  idle_timeout_seconds: duration.optional(),
  rotation_interval_seconds: duration.optional(),
  session_limit: atLeastOne(1_000).optional(),
  reauthentication_window_seconds: duration.optional(),
  network_binding: z
    .enum(networkBindings, { error: `must be one of ${networkBindings.join(', ')}` })
    .optional(),
}

const names = Object.keys(terms)

const rule = z
  .strictObject(
    {
      name: z
        .string({ error: 'must be text' })
        .regex(/^[a-z0-9-]{1,64}$/, 'must have 1 to 64 characters of a to z, 0 to 9 and -')
        .refine((name) => name !== 'default' && name !== 'requested', 'must not be default or requested'),
      when: condition.default({}),
      ...terms,
    },
    { error: unknownName(`no term; there are name, when, ${names.join(', ')}`, 'must be an object') },
  )
  .refine((given) => names.some((name) => given[name as keyof typeof terms] !== undefined), {
    error: `says nothing; it needs one of ${names.join(', ')}`,
  })
  .transform(toRule)

/** Zod names what is too much in the issue, and nothing of it in the message. */
function unknownName(isWhat: string, otherwise: string): z.core.$ZodErrorMap {
  return (issue) =>
    issue.code === 'unrecognized_keys' ? `has "${issue.keys[0]}", which is ${isWhat}` : otherwise
}

interface RuleOnFile {
  readonly name: string
  readonly when: RuleCondition
  readonly absolute_lifetime_seconds?: Duration | undefined
  readonly idle_timeout_seconds?: Duration | undefined
  readonly rotation_interval_seconds?: Duration | undefined
  readonly session_limit?: number | undefined
  readonly reauthentication_window_seconds?: Duration | undefined
  readonly network_binding?: (typeof networkBindings)[number] | undefined
}

function toRule(given: RuleOnFile): PolicyRule {
  const {
    name,
    when,
    absolute_lifetime_seconds: absoluteLifetime,
    idle_timeout_seconds: idleTimeout,
    rotation_interval_seconds: rotationInterval,
    session_limit: sessionLimit,
    reauthentication_window_seconds: reauthenticationWindow,
    network_binding: networkBinding,
  } = given
  return {
    name,
    when,
    ...(absoluteLifetime !== undefined && { absoluteLifetime }),
    ...(idleTimeout !== undefined && { idleTimeout }),
    ...(rotationInterval !== undefined && { rotationInterval }),
    ...(sessionLimit !== undefined && { sessionLimit }),
    ...(reauthenticationWindow !== undefined && { reauthenticationWindow }),
    ...(networkBinding !== undefined && { networkBinding }),
  }
}

/** More: nobody can say what a session is granted. Each costs a look at each sign-in. */
const mostRules = 100

/**
 * Rules from JSON, from a file of it (relative to the working directory) or as they are. Throws `ConfigurationError`
 * with one sentence that names the rule and the field, and begins with `called`.
 */
export async function readPolicyRules(
  given: string | readonly unknown[],
  called: string,
  workingDirectory: string,
): Promise<readonly PolicyRule[]> {
  const rules = typeof given === 'string' ? await rulesIn(given, called, workingDirectory) : given
  if (!Array.isArray(rules)) throw new ConfigurationError(`${called} must hold an array of rules.`)
  if (rules.length > mostRules) {
    throw new ConfigurationError(`${called} must hold at most ${mostRules} rules.`)
  }
  const read = rules.map((one, index) => readRule(one, index, called))
  const twice = read.find(({ name }, index) => read.findIndex((other) => other.name === name) !== index)
  if (twice) throw new ConfigurationError(`${called}: two rules have the name "${twice.name}".`)
  return read
}

async function rulesIn(text: string, called: string, workingDirectory: string): Promise<unknown> {
  if (/^\s*[[{]/.test(text)) return parsed(text, called)
  const path = resolve(workingDirectory, text)
  try {
    return parsed(await readFile(path, 'utf8'), `${called}: ${path}`)
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause
    const { code } = cause as { readonly code?: string }
    const reason = code === 'ENOENT' ? 'which does not exist' : `which cannot be read (${code})`
    throw new ConfigurationError(`${called} names the file ${path}, ${reason}.`, { cause, exitStatus: 1 })
  }
}

function parsed(text: string, called: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : ''
    throw new ConfigurationError(`${called} is no JSON: ${reason}.`, { cause })
  }
}

function readRule(given: unknown, index: number, called: string): PolicyRule {
  const result = rule.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const name = (given as { readonly name?: unknown } | null)?.name
  const which = typeof name === 'string' ? `rule ${JSON.stringify(name)}` : `rule ${index + 1}`
  const field = (issue?.path ?? []).filter((part) => typeof part === 'string').join('.')
  throw new ConfigurationError(
    `${called}: ${which}: ${field === '' ? '' : `${field} `}${issue?.message ?? 'cannot be used'}.`,
  )
}
