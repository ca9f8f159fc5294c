import { type StaticFile, staticFile } from './static-files.ts'

export const docsPage: StaticFile = staticFile(
  'docs.html',
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Latchkey API</title>
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<div id="reference"></div>
<noscript>This page needs JavaScript. The same content for machines is at <a href="/openapi.json">/openapi.json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/docs.js"></script>
</body>
</html>
`,
)

/** A file of its own, so that no inline script has to be allowed. */
export const docsScript: StaticFile = staticFile(
  'docs.js',
  `const dark = window.matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()
window.SwaggerUIBundle({
  url: '/openapi.json',
  domNode: document.getElementById('reference'),
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  validatorUrl: null,
})
`,
)

/**
 * Calmer than what Swagger UI brings: one typeface, the console's colours, the method as a badge. The id in
 * front outweighs its rules, whatever classes they name.
 */
export const docsStyle: StaticFile = staticFile(
  'docs.css',
  `:root {
  color-scheme: light;
  --page: #fcfcfc; --card: #ffffff; --band: #fafafa; --line: #e4e4e7; --text: #18181b; --quiet: #52525b;
  --accent: #2a5fcc; --link: #2a5fcc; --create: #15803d; --remove: #b91c1c;
}
:root.dark-mode {
  color-scheme: dark;
  --page: #0e0f11; --card: #16171a; --band: #1b1d21; --line: #2c2e33; --text: #ededef; --quiet: #a1a1aa;
  --accent: #3b6fdc; --link: #8ab0ff; --create: #1a7f42; --remove: #c2312f;
}
body, html.dark-mode, html.dark-mode body { margin: 0; background: var(--page); }
#reference { font-family: Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
#reference .swagger-ui { background: transparent; color: var(--text); }
#reference :is(.info a, .link, .url) { color: var(--link); }
#reference :not(pre, pre *, code, code *, .opblock-summary-path, .opblock-summary-path *) { font-family: inherit; }
#reference .topbar, #reference .response-col_links, #reference .response-control-media-type__accept-message { display: none; }
#reference .wrapper { max-width: 60rem; }
#reference .info { margin: 3rem 0 1.5rem; }
#reference .info .title { font-size: 1.75rem; color: var(--text); }
#reference .info .title small { background: #71717a; border-radius: 6px; }
#reference .info .title small.version-stamp { background: var(--accent); }
#reference :is(.info p, .info li, td, th, h4, h5, label, p) { color: var(--text); }
#reference :is(.markdown, .info) code { background: var(--band); color: var(--text); font-weight: 500; }
#reference .scheme-container { background: transparent; box-shadow: none; padding: 0 0 0.5rem; }
#reference .btn { border-radius: 8px; border-width: 1px; border-color: var(--line); box-shadow: none; color: var(--text); }
#reference select { border: 1px solid var(--line); border-radius: 8px; box-shadow: none; background-color: var(--card); color: var(--text); }
#reference .filter .operation-filter-input { border: 1px solid var(--line); border-radius: 8px; margin: 0.5rem 0; background: var(--card); color: var(--text); }
#reference .opblock-tag { font-size: 1.0625rem; color: var(--text); border-bottom-color: var(--line); padding-left: 0; }
#reference .opblock-tag::first-letter { text-transform: uppercase; }
#reference :is(.opblock-tag small, .opblock-summary-description, .opblock-tag small p) { color: var(--quiet); }
#reference .opblock { background: var(--card); border: 1px solid var(--line); border-radius: 8px; box-shadow: none; margin: 0 0 0.5rem; }
#reference .opblock .opblock-summary { border-color: var(--line); padding: 0.375rem 0.5rem; }
#reference .opblock-summary-control:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
#reference .opblock-summary-control:focus:not(:focus-visible) { outline: none; }
#reference .opblock-summary-method { min-width: 4.25rem; border-radius: 6px; font-size: 0.75rem; padding: 0.3rem 0; text-shadow: none; background: var(--accent); color: #fff; }
#reference .opblock-post .opblock-summary-method { background: var(--create); }
#reference .opblock-delete .opblock-summary-method { background: var(--remove); }
#reference .opblock-summary-path { font-size: 0.875rem; color: var(--text); }
#reference .opblock-section-header { background: var(--band); box-shadow: none; border-bottom: 1px solid var(--line); }
#reference .tab li, #reference .tab li button { color: var(--text); }
#reference .opblock-section-header .tab-item.active h4 span::after { background: var(--accent); }
#reference section.models { border-color: var(--line); border-radius: 8px; }
@media (max-width: 640px) {
  #reference .opblock-tag small { display: none; }
}
`,
)
