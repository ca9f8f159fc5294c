import { useQuery } from '@tanstack/react-query'
import type { PolicyResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { fetchPolicy } from '../api/administration.ts'
import { CutOffsSection } from '../cut-offs/cut-offs-section.tsx'
import { PageHeading } from '../layout/page-heading.tsx'
import { Outdated } from '../live/outdated.tsx'
import { Card, Failed, Loading } from '../primitives/card.tsx'
import { RetentionSection } from '../retention/retention-section.tsx'
import { AssuranceSection } from './assurance-section.tsx'
import { ExplainSection } from './explain-section.tsx'
import { PresetsSection } from './presets-section.tsx'
import { RulesSection } from './rules-section.tsx'
import { atLimitText } from './term-words.ts'
import { TermsTable } from './terms-table.tsx'

/** Administration → Policy. */
export function PolicyPage(): ReactNode {
  const policy = useQuery({
    queryKey: ['policy', ''],
    queryFn: () => fetchPolicy(new URLSearchParams()),
    staleTime: 60_000,
  })
  return (
    <div className="mx-auto max-w-5xl space-y-10">
      <PageHeading title="Policy">
        How long sessions last and what they are bound to. Rules tighten what holds for everybody, and never
        loosen it; what is stricter wins. The policy is part of the program’s settings.
      </PageHeading>
      <Outdated what="The policy" results={[policy]} />
      {policy.data ? <Policy policy={policy.data} /> : null}
      {policy.isPending ? <Loading words="Loading the policy…" /> : null}
      {policy.isLoadingError ? <Failed what="The policy" result={policy} /> : null}
      <CutOffsSection />
      <RetentionSection />
    </div>
  )
}

function Policy({ policy }: { policy: PolicyResponse }): ReactNode {
  const limit = policy.terms.find(({ name }) => name === 'session_limit')?.value
  return (
    <>
      <Card id="everybody" title="For everybody" lead={presetText(policy)}>
        <TermsTable name="Terms for everybody" terms={policy.terms} />
        {typeof limit === 'number' ? (
          <p className="border-t border-line py-2.5 text-muted">
            {atLimitText(limit, policy.at_session_limit)}
          </p>
        ) : null}
      </Card>
      <RulesSection rules={policy.rules} />
      <ExplainSection />
      <AssuranceSection levels={policy.meets} />
      <PresetsSection presets={policy.presets} inUse={policy.preset} />
    </>
  )
}

function presetText({ preset, presets }: PolicyResponse): string {
  if (preset === null)
    return 'No preset is set: these are the program’s own numbers, as far as settings say nothing else.'
  const title = presets.find(({ name }) => name === preset)?.title ?? preset
  return `From the preset ${title}, as far as settings say nothing else.`
}
