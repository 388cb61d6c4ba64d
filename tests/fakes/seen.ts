import type { Component } from 'vue'
import { createSSRApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { i18n } from './words.ts'

/** The HTML of one part of a screen with these props, without a document. */
export function htmlOf(part: Component, props: object): Promise<string> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:any(.*)', component: { render: () => '' } }],
  })
  return renderToString(createSSRApp(part, { ...props }).use(i18n).use(router))
}

/** The words that a person reads in HTML. */
export function seenIn(html: string): string {
  return html.replace(/<!--.*?-->/g, '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim()
}
