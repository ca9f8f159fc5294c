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
<main id="reference"></main>
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
  `window.SwaggerUIBundle({
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

/** Calmer than what Swagger UI brings: the method is a badge, and the rest is quiet. */
export const docsStyle: StaticFile = staticFile(
  'docs.css',
  `:root { color-scheme: light; }
body { margin: 0; background: #fcfcfc; }
.swagger-ui, .swagger-ui .info .title, .swagger-ui .info p, .swagger-ui .opblock-tag, .swagger-ui .btn,
.swagger-ui .opblock .opblock-summary-description, .swagger-ui .opblock-tag small p,
.swagger-ui table thead tr td, .swagger-ui table thead tr th, .swagger-ui .tab li,
.swagger-ui .opblock .opblock-section-header h4, .swagger-ui .parameter__name, .swagger-ui select {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
.swagger-ui .topbar, .swagger-ui .response-col_links { display: none; }
.swagger-ui .wrapper { max-width: 60rem; }
.swagger-ui .info { margin: 3rem 0 1.5rem; }
.swagger-ui .info .title { font-size: 1.75rem; color: #18181b; }
.swagger-ui .info .title small { background: #71717a; border-radius: 6px; }
.swagger-ui .info .title small.version-stamp { background: #2a5fcc; }
.swagger-ui .scheme-container { background: transparent; box-shadow: none; padding: 0 0 0.5rem; }
.swagger-ui .btn.authorize { color: #2a5fcc; border-color: #2a5fcc; }
.swagger-ui .btn.authorize svg { fill: #2a5fcc; }
.swagger-ui .filter .operation-filter-input { border: 1px solid #d4d4d8; border-radius: 8px; margin: 0.5rem 0; }
.swagger-ui .opblock-tag { font-size: 1.0625rem; color: #18181b; border-bottom-color: #e4e4e7; padding-left: 0; }
.swagger-ui .opblock-tag::first-letter { text-transform: uppercase; }
.swagger-ui .opblock-tag small { color: #71717a; }
.swagger-ui .opblock[class] { background: #fff; border: 1px solid #e4e4e7; border-radius: 8px; box-shadow: none; margin: 0 0 0.5rem; }
.swagger-ui .opblock[class] .opblock-summary { border-color: #e4e4e7; padding: 0.375rem 0.5rem; }
.swagger-ui .opblock .opblock-summary-method { min-width: 4.25rem; border-radius: 6px; font-size: 0.75rem; padding: 0.3rem 0; text-shadow: none; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #2a5fcc; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #15803d; }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { background: #b91c1c; }
.swagger-ui .opblock .opblock-summary-path { font-size: 0.875rem; color: #18181b; }
.swagger-ui .opblock .opblock-summary-description { color: #52525b; }
.swagger-ui .opblock .opblock-section-header { background: #fafafa; box-shadow: none; border-bottom: 1px solid #e4e4e7; }
.swagger-ui section.models { border-color: #e4e4e7; border-radius: 8px; }
`,
)
