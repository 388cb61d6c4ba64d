/** A line of what came out; `bold` = whom or how many it is about, `small` = what is said of it. */
export interface Line { key: string, text?: string, bold?: string, small: string }
