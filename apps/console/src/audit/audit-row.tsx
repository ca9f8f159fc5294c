import type { AuditEntry } from 'latchkey/client'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { precisely } from '../moment/exact-moment.ts'
import { Badge } from '../primitives/badge.tsx'
import { actorWords } from './actor-words.ts'
import { auditColumns } from './audit-columns.ts'
import { AuditDetails } from './audit-details.tsx'

interface AuditRowProps {
  entry: AuditEntry
  filter: (change: Record<string, string>) => void
}

/** One entry in a line, which opens to all that it holds. */
export function AuditRow({ entry, filter }: AuditRowProps): ReactNode {
  return (
    <li data-row={entry.position}>
      <details className="group/entry">
        <summary
          className={`grid list-none grid-cols-[minmax(0,1fr)_1rem] items-start gap-x-4 px-4 py-3 -outline-offset-2! transition-colors hover:bg-canvas sm:px-5 ${auditColumns}`}
        >
          <time
            dateTime={entry.at}
            className="text-[0.8125rem] whitespace-nowrap text-muted tabular-nums max-lg:order-2 max-lg:col-span-full"
          >
            {precisely(entry.at)}
          </time>
          <span className="min-w-0 max-lg:order-1">
            <span className="mr-2 text-pretty wrap-anywhere">{entry.description}</span>
            <Level level={entry.level} />
            <span className="block text-xs/5 wrap-anywhere text-muted">{entry.event ?? entry.type}</span>
          </span>
          <span
            className="min-w-0 truncate text-[0.8125rem] max-lg:order-3 max-lg:col-span-full"
            title={entry.user_id ?? ''}
          >
            <span className="text-muted lg:sr-only">About </span>
            {entry.user_label ?? entry.user_id ?? 'Nobody in particular'}
          </span>
          <DoneBy actor={entry.actor} label={entry.actor_label} />
          <ChevronDown
            aria-hidden
            className="mt-0.5 size-4 text-muted group-open/entry:rotate-180 max-lg:order-1"
          />
        </summary>
        <AuditDetails entry={entry} filter={filter} />
      </details>
    </li>
  )
}

/** Who in a line of its own and which one below it, cut off where it is long: the details have it whole. */
function DoneBy({ actor, label }: { actor: string; label: string | null }): ReactNode {
  const { who, id } = actorWords(actor)
  return (
    <span className="min-w-0 truncate text-[0.8125rem] max-lg:order-4 max-lg:col-span-full" title={actor}>
      <span className="text-muted lg:sr-only">Done by </span>
      {who}
      {id === null ? null : (
        <span className="text-muted lg:block lg:truncate lg:text-xs/5"> {label ?? id}</span>
      )}
    </span>
  )
}

/** What is no more than information is not marked. */
function Level({ level }: Pick<AuditEntry, 'level'>): ReactNode {
  if (level === 'INFO') return null
  return (
    <Badge look={level === 'CRITICAL' ? 'danger' : 'plain'}>
      {level === 'CRITICAL' ? 'Critical' : 'Warning'}
    </Badge>
  )
}
