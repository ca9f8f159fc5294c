import { type ReactNode, useEffect } from 'react'
import { ThemeSwitch } from '../theme/theme-switch.tsx'
import { arrive } from './arrival.ts'
import { Logo } from './logo.tsx'
import { usePageTitle } from './use-page-title.ts'

interface EntranceProps {
  title: string
  lead?: ReactNode
  children: ReactNode
}

/** The frame of pages for those who are not signed in. */
export function Entrance({ title, lead, children }: EntranceProps): ReactNode {
  usePageTitle(title)
  useEffect(() => {
    arrive(window.location.pathname)
  }, [])
  return (
    <div className="flex min-h-dvh flex-col px-4 sm:px-6">
      <main className="mx-auto w-full max-w-[22rem] flex-1 pt-[max(3rem,14vh)] pb-10">
        <Logo />
        <h1 className="mt-8 text-[1.375rem]/8 font-semibold tracking-[-0.015em]">{title}</h1>
        {lead ? <p className="mt-1 text-pretty text-muted">{lead}</p> : null}
        <div className="mt-6">{children}</div>
      </main>
      <footer className="flex justify-center pb-8">
        <ThemeSwitch />
      </footer>
    </div>
  )
}
