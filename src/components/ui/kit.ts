/** Names of the symbols in IconSprite.vue. `st-*` are states: shape differs, never only colour. */
export type IconName = 'whistle' | 'st-on' | 'st-acc' | 'st-vac' | 'st-hand' | 'st-offer' | 'st-wait' | 'st-queue'
  | 'st-full' | 'st-refused' | 'st-local' | 'st-done' | 'shift' | 'roster' | 'message' | 'me' | 'tower' | 'chart'
  | 'flag' | 'home' | 'right' | 'left' | 'down' | 'close' | 'more' | 'target' | 'pin' | 'clock' | 'people' | 'kit'
  | 'phone' | 'doc' | 'moon' | 'snow' | 'route' | 'risk' | 'check' | 'plus' | 'minus' | 'search' | 'undo' | 'redo'
  | 'copy' | 'edit' | 'refresh' | 'share' | 'print' | 'qr' | 'speak' | 'textsize' | 'settings' | 'lock' | 'eye' | 'info'
  | 'help' | 'escalate' | 'shuffle' | 'offline' | 'online' | 'upload' | 'fire' | 'medical' | 'hotline'
  | 'link' | 'unit' | 'council'

/** Values of `data-st`: each sets the ink, ground and edge of one state. */
export type StateColour = 'on' | 'acc' | 'vac' | 'hand' | 'wait' | 'idle' | 'offer'

/** One line of a shift: `label` is the icon's word for screen readers, `call` a tel: link with its full name. */
export interface Fact {
  key: string, icon: IconName, label: string, value: string, small?: string | null
  call?: { href: string, text: string, name: string } | null
}
