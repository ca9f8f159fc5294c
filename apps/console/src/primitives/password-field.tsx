import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { IconButton } from './icon-button.tsx'
import { TextField } from './text-field.tsx'

/** A password that can be looked at while it is typed. */
export function PasswordField(props: Omit<ComponentProps<typeof TextField>, 'type' | 'trailing'>): ReactNode {
  const [look, setLook] = useState<'hidden' | 'shown'>('hidden')
  const shown = look === 'shown'
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      name="password"
      required
      maxLength={256}
      autoCapitalize="none"
      spellCheck={false}
      trailing={
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={shown ? 'Hide password' : 'Show password'}
          onClick={() => setLook(shown ? 'hidden' : 'shown')}
        />
      }
    />
  )
}
