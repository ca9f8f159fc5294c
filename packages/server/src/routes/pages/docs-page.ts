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

export const docsStyle: StaticFile = staticFile(
  'docs.css',
  `body { margin: 0; background: #fafafa; }
.swagger-ui, .swagger-ui .info .title, .swagger-ui .opblock-tag, .swagger-ui .opblock .opblock-summary-description {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
.swagger-ui .topbar { display: none; }
.swagger-ui .wrapper { max-width: 64rem; }
.swagger-ui .scheme-container { background: transparent; box-shadow: none; padding: 0 0 1rem; }
.swagger-ui .opblock { border-radius: 8px; box-shadow: none; }
.swagger-ui .opblock-tag { font-size: 1.125rem; border-bottom-color: #e4e4e7; }
.swagger-ui .info { margin: 2.5rem 0 1.5rem; }
`,
)
