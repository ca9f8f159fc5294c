import { TrieRouter } from 'hono/router/trie-router'
import type { ApiApp } from './api-environment.ts'

/** Which methods a path knows, for `Allow`. Routes that take every path (static files) do not count. */
export function allowedMethods(app: ApiApp): (path: string) => readonly string[] {
  const router = new TrieRouter<string>()
  const methods = new Set<string>()
  for (const route of app.routes) {
    if (route.method === 'ALL' || route.path === '*' || route.path === '/*') continue
    methods.add(route.method)
    router.add(route.method, route.path, route.method)
  }
  return (path) => {
    const allowed = [...methods].filter((method) => router.match(method, path)[0].length > 0)
    return allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed
  }
}
