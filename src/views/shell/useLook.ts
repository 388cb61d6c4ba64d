import { watch, watchEffect } from 'vue'
import { setLanguage } from '#i18n/index.ts'
import { useSessionStore } from '#stores/session.ts'

/** Marks the document so that tokens and language follow what the person chose on this phone. */
export function useLook(): void {
  const { preferences } = useSessionStore()
  const root = document.documentElement
  watchEffect(() => {
    root.toggleAttribute('data-elder', preferences.elder)
    if (preferences.elder) root.style.setProperty('--elder-step', String(preferences.elder_step))
    else root.style.removeProperty('--elder-step')
    if (preferences.theme === 'system') delete root.dataset.theme
    else root.dataset.theme = preferences.theme
  })
  // an English file that cannot be fetched leaves the interface in zh-CN
  watch(() => preferences.locale, language =>
    setLanguage(language).catch(() => {
      preferences.locale = 'zh-CN'
    }), { immediate: true })
}
