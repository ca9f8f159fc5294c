import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { fetchFindings } from '../api/administration.ts'
import { Notice } from '../primitives/notice.tsx'

/** What the program says of itself that should be mended: that it sees only the address of a proxy, say. */
export function FindingsNotice(): ReactNode {
  const { data } = useQuery({ queryKey: ['findings'], queryFn: fetchFindings, staleTime: 60_000 })
  if (!data || data.findings.length === 0) return null
  return (
    <div className="space-y-3">
      {data.findings.map(({ check, message, remedy }) => (
        <Notice key={check} icon={TriangleAlert}>
          <p className="font-medium">{message}</p>
          {remedy ? <p className="mt-1 text-muted">{remedy}</p> : null}
        </Notice>
      ))}
    </div>
  )
}
