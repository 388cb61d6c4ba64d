import type { MutationArgs, MutationName } from '#domain/mutations.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'
import { useDeps } from './deps.ts'

export interface Intents {
  /** Records one intent on this phone; answers its id, or null after telling the person why it was not recorded. */
  send: <N extends MutationName>(name: N, args: MutationArgs[N]) => Promise<string | null>
  /** a new uuidv7 */
  id: () => string
  /** the phone's clock, ISO */
  at: () => string
}

/** The write path of a view. */
export function useIntent(): Intents {
  const { mutate, id } = useDeps()
  const notice = useNotice()
  const { t } = useI18n()
  const send = async <N extends MutationName>(name: N, args: MutationArgs[N]): Promise<string | null> => {
    try {
      return await mutate(name, args)
    }
    catch (error) {
      notice.say(t((error as { code?: string }).code === 'quota' ? 'shell.full' : 'shell.notSaved'))
      return null
    }
  }
  return { send, id, at: () => new Date().toISOString() }
}
