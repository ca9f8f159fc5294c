import { type EndingCost, endingCost } from '../endings/ending-cost.ts'
import { longestEnding } from '../endings/longest-ending.ts'
import { type EndingLoad, sustainedEndings } from '../endings/sustained-endings.ts'
import { markdownTable, number, ratio } from '../markdown.ts'
import { atMost, reported, type Shown } from '../shown.ts'
import type { Table } from '../table.ts'

/** In milliseconds: fenced after 250, then one lease of two seconds, and what the machine takes. */
const bound = 2_500
const p99Bound = 100

export const endings: Table = {
  name: 'endings',
  needs: ['postgres'],
  async measure({ length }) {
    const isShort = length === 'short'
    const [rounds, endingsInRound] = isShort ? [1, 50] : [5, 100]
    const three = await endingCost(3, rounds, endingsInRound)
    const nine = await endingCost(9, rounds, endingsInRound)
    const paused = await longestEnding('SIGSTOP', isShort ? 1 : 3)
    const killed = await longestEnding('SIGKILL', isShort ? 1 : 3)
    const loads = await sustainedEndings(9, isShort ? [1, 8] : [1, 2, 4, 8, 16, 32], isShort ? 1_000 : 3_000)
    return {
      title: 'Ending a session on PostgreSQL, acknowledged by every node',
      text: [costText([three, nine], rounds, endingsInRound), goneText(paused, killed), loadText(loads)].join(
        '\n\n',
      ),
      shown: [
        atMost(
          'an ending acknowledged by three nodes, against the bare `UPDATE`, p50',
          2,
          three.ratio.median,
        ),
        boundShown('… the longest with a node paused', paused),
        boundShown('… the longest with a node killed', killed),
        reported('nine nodes: endings/s with p99 under 100 ms', bestLoad(loads)),
      ],
    }
  },
}

function costText(costs: readonly EndingCost[], rounds: number, endingsInRound: number): string {
  const lines = costs.map(
    ({ nodes, bare, acknowledged, afterCommit, p99, ratio: { median, lowest, highest } }) => ({
      name: `${nodes} nodes`,
      cells: [
        bare.toFixed(2),
        acknowledged.toFixed(2),
        afterCommit.toFixed(2),
        p99.toFixed(2),
        ratio(median),
        `${ratio(lowest)} – ${ratio(highest)}`,
      ],
    }),
  )
  const heads = [
    'bare `UPDATE`, p50 ms',
    'ending, p50 ms',
    'of it after the commit',
    'ending, p99 ms',
    'ratio of p50',
    'lowest – highest',
  ]
  return `Every node is a process with a warm cache. For each row first a bare \`UPDATE\` by primary key is committed and
taken back, then the session is ended: with its event and its counter, announced, confirmed by all other nodes and
acknowledged. ${rounds} rounds of ${endingsInRound}; afterwards every node is asked about every session.

${markdownTable(heads, lines)}`
}

function goneText(paused: number, killed: number): string {
  return `Three nodes, one of which goes without a word while another ends sessions for four seconds; the longest ending took:

${markdownTable(
  ['ms'],
  [
    { name: 'paused (`SIGSTOP`)', cells: [number(paused)] },
    { name: 'killed (`SIGKILL`)', cells: [number(killed)] },
  ],
)}`
}

function loadText(loads: readonly EndingLoad[]): string {
  const lines = loads.map(({ callers, perSecond, p50, p99 }) => ({
    name: `${callers} callers at each`,
    cells: [number(perSecond), p50.toFixed(1), p99.toFixed(1)],
  }))
  return `Nine nodes on one database, all of which end sessions at once:

${markdownTable(['endings/s', 'p50 ms', 'p99 ms'], lines)}`
}

function bestLoad(loads: readonly EndingLoad[]): string {
  const within = loads.filter(({ p99 }) => p99 < p99Bound).map(({ perSecond }) => perSecond)
  return within.length === 0 ? 'none' : number(Math.max(...within))
}

function boundShown(what: string, longest: number): Shown {
  return {
    what,
    target: `at most ${number(bound)} ms`,
    figure: `${number(longest)} ms`,
    isMet: longest <= bound,
  }
}
