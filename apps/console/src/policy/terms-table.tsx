import type { PolicyTerm } from 'latchkey/client'
import type { ReactNode } from 'react'
import { ruleName } from '../moment/deadline.ts'
import { Badge } from '../primitives/badge.tsx'
import { termText, termTitle } from './term-words.ts'

interface TermsTableProps {
  /** Of the table, for those who hear it. */
  name: string
  terms: readonly PolicyTerm[]
  /** `named`: a term says which rule set it. Default `unnamed`. */
  rules?: 'named' | 'unnamed'
}

/** Terms with what sets them and where their numbers come from. */
export function TermsTable({ name, terms, rules = 'unnamed' }: TermsTableProps): ReactNode {
  return (
    <table className="w-full text-left">
      <caption className="sr-only">{name}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Term</th>
          <th scope="col">What holds</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {terms.map((term) => (
          <tr key={term.name} className="align-top">
            <th scope="row" className="w-2/5 py-2.5 pr-4 font-normal text-muted sm:w-64">
              {termTitle(term)}
            </th>
            <td className="py-2.5">
              <Value term={term} rule={rules === 'named' ? ruleName(term.set_by) : null} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Value({ term, rule }: { term: PolicyTerm; rule: string | null }): ReactNode {
  return (
    <>
      <span className="mr-2 font-medium tabular-nums">{termText(term)}</span>
      {rule ? <Badge look="accent">Rule {rule}</Badge> : null}
      {term.source ? <span className="block text-xs/5 text-pretty text-muted">{term.source}</span> : null}
    </>
  )
}
