import type { ReactNode } from 'react'
import { Skeleton } from '../primitives/skeleton.tsx'

const box = 'rounded-xl border border-line bg-surface p-5 shadow-raised'

/** The page as it will be, while it is asked for. */
export function OverviewSkeleton(): ReactNode {
  return (
    <div className="space-y-4">
      <span role="status" className="sr-only">
        Loading the overview…
      </span>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
        {['a', 'b', 'c', 'd', 'e', 'f'].map((tile) => (
          <div key={tile} className={box}>
            <Skeleton className="h-3.5 w-16" />
            <Skeleton className="mt-3 h-6 w-20" />
          </div>
        ))}
      </div>
      <div className={box}>
        <Skeleton className="h-4 w-48" />
        <Skeleton className="mt-4 h-56 w-full" />
      </div>
      <div className={box}>
        <Skeleton className="h-4 w-24" />
        <Skeleton className="mt-4 aspect-[2/1] w-full" />
      </div>
    </div>
  )
}
