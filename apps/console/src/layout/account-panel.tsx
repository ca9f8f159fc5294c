import { useMutation } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import type { ReactNode } from 'react'
import { signOut } from '../api/authentication.ts'
import { Button } from '../primitives/button.tsx'
import { useDeparture } from '../sign-in/use-departure.ts'
import { ThemeSwitch } from '../theme/theme-switch.tsx'
import { useMe } from './use-me.ts'

/** Who is signed in, and the way out. */
export function AccountPanel(): ReactNode {
  const { user } = useMe()
  const depart = useDeparture()
  const leaving = useMutation({ mutationFn: signOut, onSuccess: () => depart('logout') })
  return (
    <div className="space-y-3">
      <ThemeSwitch />
      <div className="border-t border-line pt-3">
        <p className="truncate px-2.5 font-medium" title={user.email}>
          {user.email}
        </p>
        <p className="px-2.5 text-[0.8125rem] text-muted">
          {user.role === 'admin' ? 'Administrator' : 'Member'}
        </p>
        <Button
          look="quiet"
          className="mt-1.5 w-full justify-start px-2.5!"
          busy={leaving.isPending ? 'Signing out…' : null}
          onClick={() => leaving.mutate()}
        >
          <LogOut aria-hidden className="size-4" />
          Sign out
        </Button>
        <p role="alert" className="px-2.5 text-[0.8125rem] text-danger-text">
          {leaving.isError ? `You are still signed in. ${leaving.error.message}` : null}
        </p>
      </div>
    </div>
  )
}
