import type { PolicyRuleOnWire } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Card } from '../primitives/card.tsx'
import { termText, termTitle } from './term-words.ts'

/** What is stricter for some. */
export function RulesSection({ rules }: { rules: readonly PolicyRuleOnWire[] }): ReactNode {
  return (
    <Card
      id="rules"
      title="Rules"
      lead="For whom it is stricter. A session says by its name which rule set its end."
    >
      {rules.length === 0 ? (
        <p className="py-2.5 text-muted">There are none: the same holds for everybody.</p>
      ) : (
        <ul aria-labelledby="rules" className="divide-y divide-line">
          {rules.map((rule) => (
            <Rule key={rule.name} rule={rule} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Rule({ rule }: { rule: PolicyRuleOnWire }): ReactNode {
  return (
    <li className="gap-x-4 py-3.5 sm:grid sm:grid-cols-[16rem_minmax(0,1fr)]">
      <div className="min-w-0">
        <h3 className="font-medium wrap-anywhere">{rule.name}</h3>
        <p className="text-[0.8125rem] text-pretty wrap-anywhere text-muted">For {rule.applies_to}</p>
      </div>
      <dl className="mt-2 space-y-1 sm:mt-0">
        {rule.terms.map((term) => (
          <div key={term.name} className="flex flex-wrap gap-x-2">
            <dt className="text-muted">{termTitle(term)}</dt>
            <dd className="font-medium tabular-nums">{termText(term)}</dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
