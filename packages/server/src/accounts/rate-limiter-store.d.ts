/** The package declares the class at its door, and exports it from its file only. */
declare module 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js' {
  import type { RateLimiterStoreAbstract } from 'rate-limiter-flexible'

  const limiter: typeof RateLimiterStoreAbstract
  export default limiter
}
