/** When a session ends if nobody uses it, and what set that. */
export interface Deadline {
  readonly at: string
  /** The name of the rule of the policy; null: what holds for everybody, or what its sign-in asked for. */
  readonly rule: string | null
}

interface Deadlines {
  readonly expires_at: string
  readonly expires_by: string
  readonly idle_expires_at: string | null
  readonly idle_expires_by: string | null
}

/** The nearer of its two deadlines. */
export function nextDeadline(session: Deadlines): Deadline {
  const { expires_at: at, idle_expires_at: idleAt } = session
  return idleAt !== null && Date.parse(idleAt) < Date.parse(at)
    ? { at: idleAt, rule: ruleName(session.idle_expires_by) }
    : { at, rule: ruleName(session.expires_by) }
}

/** What set a term, where that is a rule. */
export function ruleName(setBy: string | null): string | null {
  return setBy === null || setBy === 'default' || setBy === 'requested' ? null : setBy
}

/** `, because of the rule admins`; nothing where no rule is the cause. */
export function becauseOf(rule: string | null): string {
  return rule === null ? '' : `, because of the rule ${rule}`
}
