import type { Preparation } from '../contestant.ts'
import { singleInserts } from '../databases/single-inserts.ts'

export const prepare: Preparation = () => singleInserts('all')
