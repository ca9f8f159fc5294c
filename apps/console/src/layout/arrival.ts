let shown: string | null = null

/**
 * Notes that a page is shown. The first one, and one that is shown again in place, leave the focus where it
 * is; one that was come to from another has to place it.
 */
export function arrive(pathname: string): 'stayed' | 'came' {
  const before = shown
  shown = pathname
  return before === null || before === pathname ? 'stayed' : 'came'
}
