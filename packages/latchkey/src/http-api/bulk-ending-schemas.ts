import { z } from '@hono/zod-openapi'
import { bulkEndingStates } from '../model/bulk-ending.ts'
import { exactly } from './schema-equality.ts'
import { instant, managedSessionSchema } from './session-schemas.ts'
import type {
  BulkEndingOnWire,
  BulkEndingsResponse,
  BulkPreviewResponse,
  SavedFiltersResponse,
} from './wire-types.ts'

const filter = z.string().openapi({
  description: 'In the grammar of `docs/filters.md`.',
  example: 'country:NO -type:bot active:>30d',
})

/** A bulk ending. */
export const bulkEndingSchema: z.ZodType<BulkEndingOnWire> = exactly<BulkEndingOnWire>()(
  z
    .object({
      id: z.string().openapi({
        description: 'Also the `request_id` of what it ended, in the audit log.',
        example: 'blk_q2k7wq5zv3nd6x4ye7mfa2tbq2',
      }),
      filter: filter.openapi({ description: 'Ages that it was asked for with have become instants.' }),
      state: z.enum(bulkEndingStates).openapi({
        description: '`running` also while no node is at it: one takes it up. What was ended stays ended.',
      }),
      expected: z.int().openapi({ description: 'How many it was to end.' }),
      ended: z.int().openapi({ description: 'How many it has ended.' }),
      created_at: instant,
      finished_at: instant.nullable(),
      by: z.string().openapi({ example: 'admin:usr_q2k7wq5zv3nd6x4ye7mfa2tb' }),
      by_label: z.string().nullable().openapi({ example: 'ann@example.com' }),
      note: z.string().nullable(),
    })
    .openapi('BulkEnding'),
)

/** The newest bulk endings. */
export const bulkEndingsResponseSchema: z.ZodType<BulkEndingsResponse> = exactly<BulkEndingsResponse>()(
  z.object({ bulk_endings: z.array(bulkEndingSchema) }).openapi('BulkEndingsResponse'),
)

/** What a bulk ending would end. */
export const bulkPreviewResponseSchema: z.ZodType<BulkPreviewResponse> = exactly<BulkPreviewResponse>()(
  z
    .object({
      filter,
      count: z.int().openapi({ description: 'Without the session of who asks.' }),
      users: z.int(),
      sample: z.array(managedSessionSchema).openapi({ description: 'The newest 10.' }),
    })
    .openapi('BulkPreviewResponse'),
)

/** Filters that an account has saved. */
export const savedFiltersResponseSchema: z.ZodType<SavedFiltersResponse> = exactly<SavedFiltersResponse>()(
  z
    .object({
      saved_filters: z.array(z.object({ name: z.string(), filter, created_at: instant })),
    })
    .openapi('SavedFiltersResponse'),
)
