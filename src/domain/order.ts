const collator = new Intl.Collator('zh-CN', { numeric: true })

/** Compares two names as a Chinese reader would, 2栋 before 10栋. One collator for all: making one costs a hundred comparisons. */
export function byName(a: string, b: string): number {
  return collator.compare(a, b)
}
