import type { Role } from '#domain/rows.ts'

/** Whom a page is for: people with one of the roles; `member` = whoever belongs to a community. */
export type Audience = readonly (Role | 'member')[]
export type Standing = ReadonlySet<Role | 'member'>

declare module 'vue-router' {
  interface RouteMeta {
    /** none = everybody */
    for?: Audience
  }
}

/** May the person open it? What he may read or change there is the server's to say; this only spares him an empty page. */
export function admits(audience: Audience | undefined, standing: Standing): boolean {
  return audience === undefined || audience.some(a => standing.has(a))
}
