import type { ReactNode } from 'react'
import { Skeleton } from '../primitives/skeleton.tsx'

export function SessionsSkeleton(): ReactNode {
  return (
    <div className="divide-y divide-line">
      <span role="status" className="sr-only">
        Loading sessions…
      </span>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <div key={row} className="flex items-center gap-6 px-5 py-4">
          <Skeleton className="h-3.5 w-40" />
          <Skeleton className="h-3.5 w-36 max-sm:hidden" />
          <Skeleton className="h-3.5 w-28 max-lg:hidden" />
          <Skeleton className="ml-auto h-3.5 w-20" />
        </div>
      ))}
    </div>
  )
}
