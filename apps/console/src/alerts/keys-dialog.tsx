import type { ReactNode } from 'react'
import { Button } from '../primitives/button.tsx'
import { DialogFrame } from '../primitives/dialog-frame.tsx'
import { setShortcuts, useShortcuts } from './shortcut-setting.ts'

const keys: readonly [keys: readonly string[], does: string][] = [
  [['j', 'k'], 'Next, previous alert; in the list also ↓ and ↑'],
  [['Enter'], 'Look at it'],
  [['a'], 'Acknowledge'],
  [['r'], 'Resolve'],
  [['f'], 'False alarm'],
  [['n'], 'Write a note'],
  [['Esc'], 'Back to the list'],
  [['?'], 'These keys'],
]

interface KeysDialogProps {
  isOpen: boolean
  onClose: () => void
  onReturnFocus: () => void
}

/** The keys that work the inbox, and the way to turn those of one letter off. */
export function KeysDialog({ isOpen, onClose, onReturnFocus }: KeysDialogProps): ReactNode {
  return (
    <DialogFrame title="Keys" isOpen={isOpen} onClose={onClose} onReturnFocus={onReturnFocus}>
      <dl className="mt-3 divide-y divide-line">
        {keys.map(([names, does]) => (
          <div key={does} className="flex items-center gap-4 py-1.5">
            <dt className="flex w-16 shrink-0 gap-1.5">
              {names.map((name) => (
                <kbd
                  key={name}
                  className="inline-grid h-6 min-w-6 place-items-center rounded-md border border-edge bg-sunken px-1.5 text-xs"
                >
                  {name}
                </kbd>
              ))}
            </dt>
            <dd className="text-muted">{does}</dd>
          </div>
        ))}
      </dl>
      <Switch />
      <div className="mt-5 flex justify-end">
        <Button className="max-sm:h-10 max-sm:w-full" onClick={onClose}>
          Close
        </Button>
      </div>
    </DialogFrame>
  )
}

/** WCAG 2.1.4. */
function Switch(): ReactNode {
  const setting = useShortcuts()
  return (
    <label className="mt-4 flex min-h-6 items-start gap-2.5">
      <input
        type="checkbox"
        checked={setting === 'on'}
        onChange={() => setShortcuts(setting === 'on' ? 'off' : 'on')}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span>
        Keys of one letter
        <span className="block text-[0.8125rem] text-pretty text-muted">
          Turn them off where they meet those of a screen reader or of speech input. Everything has a button,
          too.
        </span>
      </span>
    </label>
  )
}
