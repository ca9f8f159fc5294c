import type { ReactNode } from 'react'
import { Skeleton } from '../primitives/skeleton.tsx'

export function DeviceRowsSkeleton(): ReactNode {
  return (
    <div className="divide-y divide-line">
      <span role="status" className="sr-only">
        Loading your devices…
      </span>
      {['first', 'second'].map((row) => (
        <div key={row} className="flex h-36 items-start gap-3.5 px-4 py-4 sm:px-5 xl:h-18 xl:items-center">
          <Skeleton className="size-9 rounded-lg" />
          <div className="flex-1 space-y-2">
            <Skeleton className="h-3.5 w-44 max-w-full" />
            <Skeleton className="h-3 w-32 max-w-full" />
            <Skeleton className="mt-7 h-3 w-full xl:hidden" />
          </div>
          <Skeleton className="hidden h-3 w-24 xl:block" />
          <Skeleton className="hidden h-3 w-24 xl:block" />
          <Skeleton className="size-8" />
        </div>
      ))}
    </div>
  )
}
