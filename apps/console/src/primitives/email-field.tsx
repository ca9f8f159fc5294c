import type { ComponentProps, ReactNode } from 'react'
import { TextField } from './text-field.tsx'

/** The email address that somebody signs in with; the first field of its form, which takes the focus. */
export function EmailField(
  props: Pick<ComponentProps<typeof TextField>, 'value' | 'onChange' | 'error'>,
): ReactNode {
  return (
    <TextField
      {...props}
      label="Email"
      type="email"
      name="email"
      autoComplete="username"
      autoCapitalize="none"
      autoFocus
      required
      maxLength={320}
    />
  )
}
