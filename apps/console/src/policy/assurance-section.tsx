import type { PolicyResponse } from 'latchkey/client'
import { CircleCheck, CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '../primitives/card.tsx'

/** Which levels of NIST everybody's timeouts are strict enough for. */
export function AssuranceSection({ levels }: { levels: PolicyResponse['meets'] }): ReactNode {
  return (
    <Card
      id="levels"
      title="NIST assurance levels"
      lead="What the timeouts for everybody are strict enough for, by NIST SP 800-63B-4. Which factors a sign-in needs is for the application to decide."
    >
      <ul aria-labelledby="levels" className="divide-y divide-line">
        {levels.map(({ level, met, why }) => (
          <li key={level} className="flex items-start gap-3 py-3">
            {met ? (
              <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-text" />
            ) : (
              <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
            )}
            <p className="min-w-0 text-pretty">
              <span className="font-medium">
                {level.toUpperCase()} {met ? 'is met' : 'is not met'}
              </span>
              <span className="block text-[0.8125rem] text-muted">{why}</span>
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
