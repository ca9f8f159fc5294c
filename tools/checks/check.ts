/** A rule of the repository that a machine can hold. */
export interface Check {
  /** The word by which `npm run check -- <name>` chooses it. */
  readonly name: string
  /** The rule in one sentence. */
  readonly rule: string
  /** Where the rule is broken, one sentence each, path first; none when it holds. `root` is the repository. */
  find(root: string): Promise<readonly string[]> | readonly string[]
}
