import { type StaticFile, staticFile } from './static-files.ts'

/** In the place of a console that nobody has built. The API works all the same. */
export const unbuiltConsolePage: StaticFile = staticFile(
  'index.html',
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Latchkey</title>
</head>
<body>
<h1>Latchkey is running</h1>
<p>The console has not been built yet. In a clone, run <code>npm start</code>, or build it with
<code>npm run build --workspace apps/console</code>, and start again.</p>
<p>The API works without it: <a href="/docs">its reference</a>, <a href="/openapi.json">OpenAPI</a>,
<a href="/readyz">readiness</a>, <a href="/metrics">metrics</a>.</p>
</body>
</html>
`,
)
