/** After this long it is done though the page is busy: a page that never rests must not put it off for ever. In milliseconds. */
const longestWait = 3_000

/** Fulfilled once the page has loaded and the browser has nothing better to do. */
export async function idleMoment(): Promise<void> {
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => window.addEventListener('load', resolve, { once: true }))
  }
  // Safari has no such callback.
  await new Promise<void>((resolve) => {
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback(() => resolve(), { timeout: longestWait })
    } else {
      setTimeout(resolve, 50)
    }
  })
}
