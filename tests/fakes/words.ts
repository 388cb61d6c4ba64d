import { i18n } from '#i18n/index.ts'
import { zh } from '#i18n/zh-CN/index.ts'

i18n.global.setLocaleMessage('zh-CN', zh)
/** The words of the interface with those of every page, as they are once the app has fetched them. */
export { i18n }
