import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'vite'

/** Your server: here the one of the Express example. It keeps the session; the page is on the same origin. */
const server = process.env['SERVER'] ?? 'http://localhost:3000'
const proxy = { '/api': server, '/sign-in': server }

/** As strict as yours should be: no style or script but those of the page's own files. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"

const config: UserConfig = defineConfig({
  plugins: [react()],
  server: { proxy },
  preview: {
    proxy,
    headers: {
      'Content-Security-Policy': `${policy}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    },
  },
})

export default config
