import { type ReactNode, useEffect, useRef } from 'react'
import { arrive } from './arrival.ts'
import { usePageTitle } from './use-page-title.ts'

interface PageHeadingProps {
  title: string
  children?: ReactNode
}

/** A page's name and purpose. It takes the focus when one comes from another page, so that it is read out. */
export function PageHeading({ title, children }: PageHeadingProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  usePageTitle(title)
  useEffect(() => {
    if (arrive(window.location.pathname) === 'came') heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <header>
      <h1 ref={heading} tabIndex={-1} className="text-[1.375rem]/8 font-semibold tracking-[-0.015em]">
        {title}
      </h1>
      {children ? <p className="mt-1 max-w-2xl text-pretty text-muted">{children}</p> : null}
    </header>
  )
}
