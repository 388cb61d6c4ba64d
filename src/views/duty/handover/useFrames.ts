import type { Frame, HandoverMessage } from '#domain/handoverMessage.ts'
import { ref } from 'vue'
import { joinFrames, readFrame } from '#domain/handoverMessage.ts'

/** Gathers the pictures of one message as they are scanned or typed. */
export function useFrames() {
  const frames = ref<Frame[]>([])
  /** how far a message of several pictures has come; null while none is under way */
  const progress = ref<{ have: number, of: number } | null>(null)

  /**
   * Takes one text. Answers the message once it is whole, 'more' while pictures are missing, null for a text that is
   * no picture of a message.
   */
  function add(text: string): HandoverMessage | 'more' | null {
    const frame = readFrame(text.trim())
    if (!frame) return null
    const known = frames.value.filter(f => f.sum === frame.sum && f.index !== frame.index) as Frame[]
    frames.value = [...known, frame]
    const message = joinFrames(frames.value as Frame[])
    progress.value = message === null && frame.of > 1 ? { have: frames.value.length, of: frame.of } : null
    return message ?? (frame.of > 1 && frames.value.length < frame.of ? 'more' : null)
  }
  return { add, progress }
}
