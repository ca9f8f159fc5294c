import { shareText } from './number-text.ts'

/** How a number compares with the one of the period before. */
export interface Comparison {
  readonly direction: 'up' | 'down' | 'same'
  /** `12% more than the day before` */
  readonly words: string
}

/** `than`: what it is compared with, after `more than`: `the day before`. */
export function comparison(now: number, before: number, than: string): Comparison {
  if (now === 0 && before === 0) return { direction: 'same', words: `none ${than} either` }
  if (now === before) return { direction: 'same', words: `as many as ${than}` }
  const direction = now > before ? 'up' : 'down'
  if (before === 0) return { direction, words: `none ${than}` }
  const change = Math.abs(now - before) / before
  const more = direction === 'up' ? 'more' : 'fewer'
  // `1,250% more` is hard to picture.
  if (direction === 'up' && change >= 9)
    return { direction, words: `${Math.round(now / before)} times ${than}` }
  return { direction, words: `${shareText(change)} ${more} than ${than}` }
}
