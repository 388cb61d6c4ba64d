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
