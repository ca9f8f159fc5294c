import { existsSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { markdownTable } from './markdown.ts'
import type { Pace, Section } from './table.ts'

/** Written by hand, from profiles: where the time of a request goes. */
const warmPath = new URL('../warm-path.md', import.meta.url)

export function resultsPage(
  sections: readonly Section[],
  versions: readonly string[],
  length: Pace['length'],
): string {
  const parts = [
    `# What was measured

Written by \`npm run bench\`. Figures of one machine on one day: compare within a table, by the ratios, and not
across tables or machines. Contestants take turns in processes of their own; each figure is the median of its
rounds, after one to warm up, with the lowest and the highest beside it; every answer is checked, and one wrong
answer ends the run.${length === 'short' ? ' This was a short look: its figures say that it works, and little else.' : ''}

${machine(versions)}`,
    whatMustBeShown(sections),
    ...sections.map(({ title, text }) => `## ${title}\n\n${text}`),
    ...(existsSync(warmPath) ? [readFileSync(warmPath, 'utf8').trimEnd()] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

const verdicts = new Map([
  [true, 'met'],
  [false, '**missed**'],
])

function whatMustBeShown(sections: readonly Section[]): string {
  const lines = sections.flatMap(({ shown }) =>
    shown.map(({ what, target, figure, isMet }) => ({
      name: what,
      cells: [target, figure, isMet === null ? '' : (verdicts.get(isMet) ?? '')],
    })),
  )
  return `## What must be shown\n\n${markdownTable(['target', 'figure', ''], lines)}`
}

function machine(versions: readonly string[]): string {
  const processors = cpus()
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const packages = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`)
  const model = processors[0]?.model.trim() ?? 'unknown'
  return `Node ${process.versions.node}, ${process.platform}, ${processors.length} × ${model}; ${[...versions, ...packages].join(', ')}.`
}
