import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'

/** While it is not known yet who is signed in. */
export function LoadingPage(): ReactNode {
  return (
    <main aria-busy="true" className="grid min-h-dvh place-items-center">
      <h1 className="sr-only">Loading</h1>
      <div className="motion-safe:animate-pulse">
        <Logo />
      </div>
    </main>
  )
}
