import { Outlet } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ReauthenticationDialog } from '../reauthentication/reauthentication-dialog.tsx'
import { useObservation } from '../recognition/use-observation.ts'
import { useSignedOutWatch } from '../sign-in/use-signed-out-watch.ts'
import { AccountPanel } from './account-panel.tsx'
import { Logo } from './logo.tsx'
import { NarrowBar } from './narrow-bar.tsx'
import { Navigation } from './navigation.tsx'
import { OfflineNotice } from './offline-notice.tsx'
import { SkipLink } from './skip-link.tsx'
import { useMe } from './use-me.ts'

/** What surrounds every page of somebody who is signed in. */
export function AppShell(): ReactNode {
  useSignedOutWatch()
  useObservation()
  const { user } = useMe()
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[14rem_minmax(0,1fr)]">
      <SkipLink />
      <NarrowBar />
      <header className="sticky top-0 hidden h-dvh flex-col overflow-y-auto border-r border-line px-3 py-5 lg:flex">
        <div className="mb-7 px-2.5">
          <Logo />
        </div>
        <Navigation />
        <div className="mt-auto pt-8">
          <AccountPanel />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 pt-6 pb-16 sm:px-8 lg:px-10 lg:pt-10">
        <OfflineNotice />
        <Outlet />
      </main>
      <ReauthenticationDialog email={user.email} />
    </div>
  )
}
