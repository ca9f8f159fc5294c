// Loaded before the styles are applied, so that a remembered theme shows from the first paint on.
try {
  const theme = localStorage.getItem('latchkey-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is closed to this page: the system's theme it is.
}
