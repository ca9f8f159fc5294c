import type { AssuranceLevel } from '../model/assurance-level.ts'

/** What somebody knows, has, or is, as bits of a set; `hardware`: a key that its holder cannot copy. */
const [knowledge, possession, inherence, hardware, several] = [1, 2, 4, 8, 16] as const

/**
 * The names of RFC 8176 that stand for a factor, or for more than one. `kba`, `geo`, `rba`, `user`, `mca`, `wia` prove
 * none of their own. NIST SP 800-63B-4 section 2.3.1 asks for a key that cannot be exported.
 */
const factors: ReadonlyMap<string, number> = new Map<string, number>([
  ['pwd', knowledge],
  ['pin', knowledge],
  ['otp', possession],
  ['sms', possession],
  ['tel', possession],
  ['swk', possession],
  ['pop', possession],
  ['hwk', possession | hardware],
  ['sc', possession | hardware],
  ['face', inherence],
  ['fpt', inherence],
  ['iris', inherence],
  ['retina', inherence],
  ['vbm', inherence],
  ['mfa', several],
])

/**
 * By the factors that are distinct: two of one category, or one twice, are one. At the higher levels one of them is
 * something that the user has, since a biometric counts with such a thing only (NIST SP 800-63B-4 sections 2.2.1,
 * 2.3.1 and 3.2.3). `mfa` says that there was more than one, and not which. Null where nothing is stated.
 */
export function assuranceLevel(amr: readonly string[]): AssuranceLevel | null {
  if (amr.length === 0) return null
  let found = 0
  for (const name of amr) found |= factors.get(name) ?? 0
  const hasTwo = (found & possession) !== 0 && (found & (knowledge | inherence)) !== 0
  if (hasTwo) return (found & hardware) !== 0 ? 'aal3' : 'aal2'
  return (found & several) !== 0 ? 'aal2' : 'aal1'
}
