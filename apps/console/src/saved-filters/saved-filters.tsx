import { Bookmark, ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { MenuRule } from '../primitives/action-menu.tsx'
import { Button } from '../primitives/button.tsx'
import { MenuItem } from '../primitives/menu-item.tsx'
import { ManageFiltersDialog } from './manage-filters-dialog.tsx'
import { SaveFilterDialog } from './save-filter-dialog.tsx'
import { type SavedFiltersState, useSavedFilters } from './use-saved-filters.ts'

interface SavedFiltersProps {
  /** The one that holds; empty for none. */
  filter: string
  show: (filter: string) => void
}

/** The menu of filters with a name, and the ways to make, rename and delete them. */
export function SavedFilters({ filter, show }: SavedFiltersProps): ReactNode {
  const { result, save, remove, rename } = useSavedFilters()
  const [dialog, setDialog] = useState<'none' | 'save' | 'manage'>('none')
  const button = useRef<HTMLButtonElement>(null)
  const saved = result.data?.saved_filters ?? []
  const dialogProps = { onClose: () => setDialog('none'), onReturnFocus: () => button.current?.focus() }
  return (
    <>
      <FiltersMenu buttonRef={button} filter={filter} result={result} show={show} ask={setDialog} />
      <SaveFilterDialog
        {...dialogProps}
        isOpen={dialog === 'save'}
        filter={filter}
        names={saved.map(({ name }) => name)}
        save={save}
      />
      <ManageFiltersDialog
        {...dialogProps}
        isOpen={dialog === 'manage'}
        saved={saved}
        rename={rename}
        remove={remove}
      />
    </>
  )
}

interface FiltersMenuProps extends SavedFiltersProps, Pick<SavedFiltersState, 'result'> {
  buttonRef: RefObject<HTMLButtonElement | null>
  ask: (dialog: 'save' | 'manage') => void
}

function FiltersMenu({ buttonRef, filter, result, show, ask }: FiltersMenuProps): ReactNode {
  const saved = result.data?.saved_filters ?? []
  const current = saved.find((one) => one.filter === filter)
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button ref={buttonRef} size="small" className="max-w-60">
          <Bookmark aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate">{current?.name ?? 'Saved filters'}</span>
          <ChevronDown aria-hidden className="-mr-1 size-3.5 shrink-0 text-muted" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('content')}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="z-30 max-h-96 w-64 overflow-y-auto rounded-xl bg-surface p-1.5 shadow-float motion-safe:animate-appear"
        >
          <SavedOnes result={result} show={show} />
          {filter !== '' || saved.length > 0 ? <MenuRule /> : null}
          {filter === '' ? null : <MenuItem onSelect={() => ask('save')}>Save this filter…</MenuItem>}
          {saved.length > 0 ? <MenuItem onSelect={() => ask('manage')}>Rename or delete…</MenuItem> : null}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function SavedOnes({ result, show }: Pick<FiltersMenuProps, 'result' | 'show'>): ReactNode {
  const saved = result.data?.saved_filters ?? []
  return (
    <>
      {saved.map(({ name, filter: text }) => (
        <MenuItem key={name} onSelect={() => show(text)}>
          <span className="min-w-0">
            <span className="block wrap-anywhere">{name}</span>
            <span className="block truncate text-xs/5 text-muted">{text}</span>
          </span>
        </MenuItem>
      ))}
      {result.isError ? (
        <MenuItem onSelect={() => void result.refetch()}>They could not be loaded. Try again</MenuItem>
      ) : null}
      {saved.length === 0 && result.data ? (
        <DropdownMenu.Label className="px-2.5 py-1.5 text-[0.8125rem] text-muted">
          None is saved yet.
        </DropdownMenu.Label>
      ) : null}
    </>
  )
}
