import type { Preparation } from '../contestant.ts'
import { headerOf, readsHeaders } from '../signals/headers.ts'

export const prepare: Preparation = async () => readsHeaders(headerOf)
