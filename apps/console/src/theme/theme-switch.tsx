import { type LucideIcon, Monitor, Moon, Sun } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { chooseTheme, type Theme, themes, useTheme } from './theme.ts'

const looks: Record<Theme, { name: string; icon: LucideIcon }> = {
  light: { name: 'Light', icon: Sun },
  dark: { name: 'Dark', icon: Moon },
  system: { name: 'As the system', icon: Monitor },
}

export function ThemeSwitch(): ReactNode {
  const theme = useTheme()
  return (
    <ToggleGroup.Root
      type="single"
      value={theme}
      aria-label="Theme"
      onValueChange={(value) => value !== '' && chooseTheme(value as Theme)}
      className="inline-flex gap-0.5 rounded-full border border-line p-0.5"
    >
      {themes.map((choice) => {
        const { name, icon: Icon } = looks[choice]
        return (
          <ToggleGroup.Item
            key={choice}
            value={choice}
            aria-label={name}
            title={name}
            className="grid size-7 place-items-center rounded-full text-muted transition-colors hover:text-ink data-[state=on]:bg-sunken data-[state=on]:text-ink"
          >
            <Icon aria-hidden className="size-3.5" />
          </ToggleGroup.Item>
        )
      })}
    </ToggleGroup.Root>
  )
}
