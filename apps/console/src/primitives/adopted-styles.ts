import { useEffect } from 'react'

interface SheetProps {
  styles: string
}

/**
 * Stands in for the package `react-style-singleton`: the same component, through a constructed style sheet,
 * which `style-src 'self'` allows. The sheet is there while at least one instance is mounted.
 */
export function styleSingleton(): (props: SheetProps) => null {
  let mounted = 0
  let sheet: CSSStyleSheet | null = null

  function add(styles: string): void {
    mounted += 1
    if (sheet !== null) return
    sheet = new CSSStyleSheet()
    sheet.replaceSync(styles)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  }

  function remove(): void {
    mounted -= 1
    if (mounted > 0) return
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet)
    sheet = null
  }

  // biome-ignore lint/correctness/noComponentHookFactories: the package that this stands in for is such a factory; it is called once a module.
  return function Sheet({ styles }: SheetProps): null {
    useEffect(() => {
      add(styles)
      return remove
    }, [styles])
    return null
  }
}
