/** Values of `data-st`: each sets the ink, ground and edge of one state. */
export type StateColour = 'on' | 'acc' | 'vac' | 'hand' | 'wait' | 'idle' | 'offer'
