import { z } from '@hono/zod-openapi'
import { assuranceLevels } from '../model/assurance-level.ts'
import { exactly } from './schema-equality.ts'
import type { PolicyPreset, PolicyResponse, PolicyRuleOnWire, PolicyTerm } from './wire-types.ts'

const level = z.enum(assuranceLevels)

const policyTermSchema: z.ZodType<PolicyTerm> = exactly<PolicyTerm>()(
  z
    .object({
      name: z.string().openapi({ example: 'idle_timeout_seconds' }),
      value: z.union([z.number(), z.string()]).nullable().openapi({ description: 'Null: no limit.' }),
      set_by: z.string().openapi({ description: '`default`, or the name of the rule.' }),
      source: z.string().nullable().openapi({
        description: 'Where the number comes from; null where the operator chose it.',
        example: 'NIST SP 800-63B-4, 2.2.3',
      }),
    })
    .openapi('PolicyTerm'),
)

const policyRuleSchema: z.ZodType<PolicyRuleOnWire> = exactly<PolicyRuleOnWire>()(
  z
    .object({
      name: z.string(),
      applies_to: z.string().openapi({ example: 'users with role admin on a device that is not trusted' }),
      roles: z.array(z.string()),
      device_trust: z.enum(['trusted', 'untrusted']).nullable(),
      assurance: z.array(level),
      terms: z.array(policyTermSchema),
    })
    .openapi('PolicyRule'),
)

const policyPresetSchema: z.ZodType<PolicyPreset> = exactly<PolicyPreset>()(
  z.object({ name: z.string(), title: z.string(), terms: z.array(policyTermSchema) }).openapi('PolicyPreset'),
)

/** The policy that is in force, and what it means. */
export const policyResponseSchema: z.ZodType<PolicyResponse> = exactly<PolicyResponse>()(
  z
    .object({
      preset: z.string().nullable(),
      terms: z.array(policyTermSchema).openapi({ description: 'What holds for everybody.' }),
      at_session_limit: z.enum(['reject', 'end-oldest', 'end-least-recent']),
      rules: z.array(policyRuleSchema),
      presets: z.array(policyPresetSchema),
      meets: z.array(z.object({ level, met: z.boolean(), why: z.string() })),
      explained: z.object({ terms: z.array(policyTermSchema) }).nullable(),
    })
    .openapi('Policy'),
)
