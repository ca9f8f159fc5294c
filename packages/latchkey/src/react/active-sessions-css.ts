/**
 * The look of `<ActiveSessions>`. The component adopts it by itself, in a way that a strict content security
 * policy allows; with `styles="none"` it does not, and this text can go into the application's own stylesheet.
 * Everything is in the layer `latchkey`, so that any rule of the application wins. Colours and sizes are the
 * custom properties at its top. Light or dark follows the `color-scheme` of the page: a page that does not say
 * that it can be dark stays light, whatever the reader's system has.
 */
export const activeSessionsCss = `@layer latchkey {
  .latchkey-sessions {
    --latchkey-text: light-dark(#1b1f24, #e8eaed);
    --latchkey-text-quiet: light-dark(#57606a, #a3abb5);
    --latchkey-surface: light-dark(#ffffff, #16191d);
    --latchkey-border: light-dark(#d8dee4, #343a42);
    --latchkey-accent: light-dark(#0b5cad, #7ab8ff);
    --latchkey-danger: light-dark(#b3261e, #ff8a80);
    --latchkey-on-danger: light-dark(#ffffff, #2b0b08);
    --latchkey-radius: 10px;
    --latchkey-gap: 16px;
    --latchkey-font: inherit;
    color: var(--latchkey-text);
    font: var(--latchkey-font);
  }
  .latchkey-sessions[data-theme='light'] { color-scheme: light; background: Canvas; }
  .latchkey-sessions[data-theme='dark'] { color-scheme: dark; background: Canvas; }
  .latchkey-sessions :where(h2, h3, h4, h5, p, dl, dd, ul) { margin: 0; padding: 0; }
  .latchkey-header { display: flex; flex-wrap: wrap; gap: 4px var(--latchkey-gap); align-items: baseline; justify-content: space-between; }
  .latchkey-heading { font-size: 1.25em; line-height: 1.3; }
  .latchkey-heading:focus { outline: none; }
  .latchkey-count, .latchkey-fact dt { color: var(--latchkey-text-quiet); }
  .latchkey-list { list-style: none; margin-block: var(--latchkey-gap); border: 1px solid var(--latchkey-border); border-radius: var(--latchkey-radius); background: var(--latchkey-surface); }
  .latchkey-session { display: flex; flex-wrap: wrap; gap: var(--latchkey-gap); align-items: flex-start; justify-content: space-between; padding: var(--latchkey-gap); }
  .latchkey-session + .latchkey-session { border-top: 1px solid var(--latchkey-border); }
  .latchkey-session-text { flex: 1 1 240px; min-width: 0; }
  .latchkey-session-name { font-size: 1em; font-weight: 600; overflow-wrap: anywhere; }
  .latchkey-this-device, .latchkey-pending { margin-inline-start: 8px; padding: 2px 8px; border: 1px solid currentColor; border-radius: 999px; color: var(--latchkey-accent); font-size: 0.8125em; font-weight: 500; white-space: nowrap; }
  .latchkey-pending { color: var(--latchkey-text-quiet); }
  .latchkey-facts { display: flex; flex-wrap: wrap; gap: 4px 24px; margin-top: 8px; font-size: 0.875em; }
  .latchkey-fact { display: flex; gap: 6px; }
  .latchkey-fact dd { overflow-wrap: anywhere; }
  .latchkey-actions { display: flex; flex-wrap: wrap; gap: 8px; justify-content: flex-end; }
  .latchkey-button { min-height: 36px; padding: 6px 14px; border: 1px solid var(--latchkey-border); border-radius: calc(var(--latchkey-radius) - 2px); background: transparent; color: inherit; font: inherit; font-size: 0.875em; cursor: pointer; }
  .latchkey-button:hover { border-color: currentColor; }
  .latchkey-button:focus-visible { outline: 2px solid var(--latchkey-accent); outline-offset: 2px; }
  .latchkey-button[aria-disabled='true'] { opacity: 0.6; cursor: progress; }
  .latchkey-button-danger { border-color: transparent; background: var(--latchkey-danger); color: var(--latchkey-on-danger); }
  .latchkey-notice { margin-block: var(--latchkey-gap); }
  .latchkey-error { color: var(--latchkey-danger); }
  .latchkey-dialog { max-width: min(440px, calc(100vw - 32px)); box-sizing: border-box; padding: 24px; border: 1px solid var(--latchkey-border); border-radius: var(--latchkey-radius); background: var(--latchkey-surface); color: inherit; overflow-wrap: anywhere; }
  .latchkey-dialog::backdrop { background: rgb(0 0 0 / 50%); }
  .latchkey-dialog-title { font-size: 1.125em; }
  .latchkey-dialog > * + * { margin-top: var(--latchkey-gap); }
  .latchkey-announcement { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
}
`
