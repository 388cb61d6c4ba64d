import type { Ref } from 'vue'
import type { Setback } from '#actions/answer.ts'
import type { Robot, RobotKind } from '#actions/robots.ts'
import { ref, watch } from 'vue'
import { dropRobot, robots, setRobot, testRobot } from '#actions/robots.ts'
import { once } from '#components/ui/once.ts'
import { useI18n, useSetbackText } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'
import { useDeps } from '#views/shell/deps.ts'

type Connection = Parameters<typeof robots>[0]
export interface Robots {
  list: Ref<Robot[] | null>
  error: Ref<string | null>
  /** true when it was saved */
  save: (kind: RobotKind, webhook: string, secret: string) => Promise<boolean | undefined>
  test: (robot: Robot) => Promise<unknown>
  drop: (robot: Robot) => Promise<unknown>
}

/** The robots of a community, all of it online only. */
export function useRobots(community: () => string | null, online: () => boolean): Robots {
  const deps = useDeps()
  const { t } = useI18n()
  const text = useSetbackText()
  const notice = useNotice()
  const list = ref<Robot[] | null>(null)
  const error = ref<string | null>(null)
  /** the kind of robot whose new address was none of its own */
  const notAddress = ref<RobotKind | null>(null)
  /** Asks the server; null after a setback, which `error` then says. */
  async function ask<A extends { status: 'applied' }>(
    work: (server: Connection) => Promise<A | Setback>,
  ): Promise<A | null> {
    const answer = deps.server ? await work(deps.server) : { status: 'offline' as const }
    error.value = answer.status === 'applied' ? null : text(answer as Setback)
    if (notAddress.value) error.value = t('robots.notThis', { kind: t(`robots.kind.${notAddress.value}`) })
    notAddress.value = null
    return answer.status === 'applied' ? answer as A : null
  }
  async function load(): Promise<void> {
    const id = community()
    if (id) list.value = (await ask(server => robots(server, id)))?.robots ?? list.value
  }
  /** A change, its toast, and the list again; false after a setback. */
  async function change(
    work: (server: Connection) => Promise<{ status: 'applied' } | Setback>,
    word: 'saved' | 'tested' | 'dropped',
  ): Promise<boolean> {
    const done = await ask(work) !== null
    if (!done) return false
    notice.say(t(`robots.${word}`))
    await load()
    return true
  }
  // the connection comes a moment after the screen, and again with the network
  watch([community, online], () => online() && void load(), { immediate: true })
  return {
    list,
    error,
    save: once((kind: RobotKind, webhook: string, secret: string) =>
      change(async (server) => {
        const answer = await setRobot(server, community() ?? '', kind, webhook.trim(), secret.trim() || null)
        notAddress.value = answer.status === 'refused' && answer.code === 'invalid' ? kind : null
        return answer
      }, 'saved'),
    ),
    test: once((robot: Robot) => change(server => testRobot(server, robot.id), 'tested')),
    drop: once((robot: Robot) => change(server => dropRobot(server, robot.id), 'dropped')),
  }
}
