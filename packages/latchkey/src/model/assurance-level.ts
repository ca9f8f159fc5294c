/** How surely a session's user is who they claim to be, in the words of NIST SP 800-63B-4, weakest first. */
export const assuranceLevels = ['aal1', 'aal2', 'aal3'] as const

/** One of {@link assuranceLevels}. */
export type AssuranceLevel = (typeof assuranceLevels)[number]
