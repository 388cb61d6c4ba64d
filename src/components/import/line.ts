/** One line of a file in the preview. `cells` by field key; `problem` in words, null = can be imported. */
export interface PreviewLine { row: number, cells: Record<string, string>, problem: string | null }

/** One import so far. */
export interface BatchLine {
  id: string, title: string, detail: string, state: string, revertable: boolean, file: string
}
