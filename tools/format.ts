import { fileURLToPath } from 'node:url'
import { runTool } from './checks/run-tool.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const result = await runTool(root, '@biomejs/biome/bin/biome', ['check', '--write', '.'])
process.stdout.write(result.output)
process.exitCode = result.status
