import { existsSync, readFileSync } from 'node:fs'
import type { TaggedTest } from './tagged-tests.ts'

export const requirementsFile = 'docs/security/requirements.json'
export const requirementsPage = 'docs/security/asvs.md'

/** One requirement, in our own words. */
export interface Requirement {
  /** `ASVS 7.2.4` or `NIST 5.2`, as tags in the names of tests have it. */
  readonly id: string
  /** `L1` to `L3` of ASVS; `SHALL`, `SHOULD` or `MAY` of NIST. */
  readonly level: string
  readonly text: string
  /** Files of the repository in which it is met. */
  readonly where: readonly string[]
  /** Why there is nothing to be met: tests show that there is not. */
  readonly notOffered?: string
  /** What an operator, or the host application, has to do besides. */
  readonly rest?: string
}

/** Empty where the file is not there. */
export function readRequirements(root: string): readonly Requirement[] {
  const file = `${root}/${requirementsFile}`
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

/** The page: what is asked, where it is met, and which test shows it. */
export function renderRequirements(
  requirements: readonly Requirement[],
  tests: readonly TaggedTest[],
): string {
  const sections = [
    { title: 'OWASP ASVS 5.0.0', of: requirements.filter(({ id }) => id.startsWith('ASVS')) },
    { title: 'NIST SP 800-63B-4', of: requirements.filter(({ id }) => id.startsWith('NIST')) },
  ]
  return `${[introduction, ...sections.map(({ title, of }) => section(title, of, tests))].join('\n\n')}\n`
}

const introduction = `# Requirements, and the tests that show them

Made by \`npm run requirements\` from \`${requirementsFile}\` and from the names of the tests; a check fails where this page
is stale, where a path does not exist, and where a requirement has no test. A run of all tests fails where one of these
did not run and pass. The requirements are told in our own words: what counts is the standard. Cases run on SQLite and on
PostgreSQL, against the running program.`

function section(title: string, of: readonly Requirement[], tests: readonly TaggedTest[]): string {
  const head = '| | level | what is asked | where | tests |\n| --- | --- | --- | --- | --- |'
  return `## ${title}\n${[head, ...of.map((one) => row(one, tests))].join('\n')}`
}

function row(
  { id, level, text, where, notOffered, rest }: Requirement,
  tests: readonly TaggedTest[],
): string {
  const asked = [text, notOffered && `*Not offered:* ${notOffered}`, rest && `*Left to others:* ${rest}`]
  const shown = tests.filter(({ tags }) => tags.includes(id)).map(describe)
  const cells = [
    id.replace(/^\w+ /, ''),
    level,
    asked.filter(Boolean).join(' '),
    where.map((path) => `\`${path}\``).join(', '),
    shown.join('; '),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function describe({ path, name }: TaggedTest): string {
  return `${name.replace(/ *\[(ASVS|NIST) [^\]]+\]/g, '')} (\`${path}\`)`
}
