import { createApp } from 'vue'
import { doorCode } from './answer.ts'
import ResidentPage from './ResidentPage.vue'
import { chooseWords } from './words.ts'
import './style/tokens.css'
import './style/page.css'
import './style/parts.css'

const words = chooseWords(location.search, navigator.languages ?? [navigator.language])
document.documentElement.lang = words.lang
createApp(ResidentPage, { code: doorCode(location.pathname), words }).mount('#resident')

// pages below /b/ only; the staff app's worker has its own scope. Webviews without workers keep to the HTTP cache.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => {
    navigator.serviceWorker.register('/resident-sw.js', { scope: '/b/' }).catch(() => undefined)
  })
}
