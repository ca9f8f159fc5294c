import { readFileSync } from 'node:fs'

// The manifest lies as far above dist/program as above src/program.
const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')

export const programVersion: string = (JSON.parse(manifest) as { readonly version: string }).version
