import { createApp } from 'vue'
import { doorCode } from './answer.ts'
import Board from './Board.vue'
import { chooseWords } from './words/words.ts'
import './style/tokens.css'
import './style/page.css'
import './style/parts.css'

const words = chooseWords(location.search, navigator.languages ?? [navigator.language])
document.documentElement.lang = words.lang
createApp(Board, { code: doorCode(location.pathname), words }).mount('#board')
