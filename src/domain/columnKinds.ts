/** What a column holds, as far as JSON tells; `?` = or null. */
export type ColumnKind = 'text' | 'text?' | 'number' | 'number?' | 'flag' | 'list' | 'list?' | 'object' | 'object?'
type KindOf<V> = [V] extends [string] ? 'text'
  : [V] extends [string | null] ? 'text?'
      : [V] extends [number] ? 'number'
          : [V] extends [number | null] ? 'number?'
              : [V] extends [boolean] ? 'flag'
                  : [V] extends [readonly unknown[]] ? 'list'
                      : [V] extends [readonly unknown[] | null] ? 'list?'
                          : null extends V ? 'object?' : 'object'
/** The shapes of some tables: what each column of their rows holds. The compiler keeps them as the rows are. */
export type ShapesOf<Rows> = { [T in keyof Rows]: { [C in keyof Rows[T]]: KindOf<Rows[T][C]> } }
