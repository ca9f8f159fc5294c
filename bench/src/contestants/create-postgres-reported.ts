import type { Preparation } from '../contestant.ts'
import { createOnPostgres } from './create-on-postgres.ts'

export const prepare: Preparation = () =>
  createOnPostgres({ saying: 'request', device: 'none', sealing: 'open', reports: 'automatic' })
