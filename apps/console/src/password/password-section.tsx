import type { ReactNode } from 'react'
import { Button } from '../primitives/button.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import type { PasswordChanging } from './use-password-dialog.ts'

/** The account's own password, and the way to another one. */
export function PasswordSection({ changing }: { changing: PasswordChanging }): ReactNode {
  const { heading, ask, outcome, dialog } = changing
  return (
    <section aria-labelledby="password">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h2 ref={heading} id="password" tabIndex={-1} className="text-base font-semibold">
            Password
          </h2>
          <p className="mt-0.5 max-w-2xl text-[0.8125rem] text-pretty text-muted">
            {outcome ?? 'Change it when somebody else may know it. Your other sessions can end with that.'}
          </p>
        </div>
        <Button className="max-sm:w-full" onClick={ask}>
          Change password
        </Button>
      </div>
      <PasswordDialog {...dialog} />
    </section>
  )
}
