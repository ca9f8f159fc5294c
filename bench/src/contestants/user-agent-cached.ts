import type { Preparation } from '../contestant.ts'
import { headerOf, readsHeaders } from '../signals/headers.ts'

const headers = Array.from({ length: 500 }, (_, index) => headerOf(index))

export const prepare: Preparation = async () => readsHeaders((count) => headers[count % headers.length] ?? '')
