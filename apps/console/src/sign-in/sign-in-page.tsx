import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import type { LoginResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { isSetUpOpen } from '../api/authentication.ts'
import { meQuery } from '../api/me-query.ts'
import { queryClient } from '../api/query-client.ts'
import { Entrance } from '../layout/entrance.tsx'
import { homePath } from '../layout/own-path.ts'
import { Notice } from '../primitives/notice.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { parseSignInSearch } from './sign-in-search.ts'
import { signOutReasonText } from './sign-out-reason.ts'

export function SignInPage(): ReactNode {
  const { from = homePath, reason } = useSearch({ from: '/sign-in', select: parseSignInSearch })
  const router = useRouter()
  const setUp = useQuery({ queryKey: ['set-up-open'], queryFn: isSetUpOpen, staleTime: 60_000 })

  function enter({ user, session }: LoginResponse): void {
    queryClient.clear()
    queryClient.setQueryData(meQuery.queryKey, { user, session })
    router.history.replace(from)
  }

  return (
    <Entrance title="Sign in">
      <div className="space-y-5">
        {reason ? <Notice role="alert">{signOutReasonText(reason)}</Notice> : null}
        <SignInForm onSignedIn={enter} />
        {setUp.data === true ? (
          <p className="text-[0.8125rem] text-pretty text-muted">
            There is no administrator yet. Open the set-up link that Latchkey printed when it started.
          </p>
        ) : null}
      </div>
    </Entrance>
  )
}
