import { type ComponentProps, lazy, type ReactNode, Suspense } from 'react'
import { Skeleton } from '../primitives/skeleton.tsx'
import type { WorldMap } from './world-map.tsx'

const Loaded = lazy(() => import('./world-map.tsx').then((module) => ({ default: module.WorldMap })))

/** The map with its data, which come when a page shows it. */
export function LazyWorldMap(props: ComponentProps<typeof WorldMap>): ReactNode {
  return (
    <Suspense fallback={<Skeleton className="aspect-[960/455] w-full" />}>
      <Loaded {...props} />
    </Suspense>
  )
}
