import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import project from './package.json' with { type: 'json' }
import { CHUNKS } from './scripts/chunks.ts'

/**
 * Builds two entries: the staff app (index.html), with a service worker, and the residents' page (resident.html), with
 * the small one of public/resident-sw.js.
 */
export default defineConfig({
  plugins: [
    vue(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,woff2,wasm}'],
        // what few people need and is large is kept when it was first used (src/sw/lazy.ts)
        globIgnores: [
          'resident.html', 'resident-sw.js', 'noscript.css', 'assets/resident-*', 'assets/highs-*',
          'assets/solverWorker-*',
        ],
      },
    }),
  ],
  define: {
    __APP_VERSION__: JSON.stringify(project.version),
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  resolve: { alias: { 'node:module': fileURLToPath(new URL('src/solver/noNode.ts', import.meta.url)) } },
  // modules: the reader of sheets loads what a file needs
  worker: { format: 'es' },
  // es2020: residents open their page in webviews of that age
  build: {
    target: 'es2020',
    rolldownOptions: {
      input: { index: 'index.html', resident: 'resident.html' },
      output: { codeSplitting: { groups: CHUNKS } },
    },
  },
})
