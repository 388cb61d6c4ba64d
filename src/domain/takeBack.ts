import { MINUTE } from './time.ts'

/**
 * How long a coordinator may take back what they wrote down for somebody else, a call or an arrival, ms. The server
 * decides by the same time (`private.take_back_time`).
 */
export const TAKE_BACK = 30 * MINUTE
