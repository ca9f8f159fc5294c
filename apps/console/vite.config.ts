import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const adoptedStyles = fileURLToPath(new URL('./src/primitives/adopted-styles.ts', import.meta.url))

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: {
    conditions: ['latchkey-source', 'module', 'browser', 'development|production'],
    // Dialogs and menus lock scrolling through this package, which writes <style> elements: the console's
    // content security policy refuses those.
    alias: { 'react-style-singleton': adoptedStyles },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4280' } },
  build: {
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'tanstack', test: /node_modules\/@tanstack\// },
            {
              name: 'radix',
              test: /node_modules\/(@radix-ui|@floating-ui|radix-ui|react-remove-scroll|aria-hidden)/,
            },
            // Comes with the pages that draw, and with no other.
            {
              name: 'charts',
              test: /node_modules\/(recharts|victory-vendor|@reduxjs|react-redux|redux|immer|reselect|es-toolkit|decimal\.js-light)/,
            },
          ],
        },
      },
    },
  },
})
