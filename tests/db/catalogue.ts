import type { Sql } from './world.ts'

/** Everything a database holds besides its data, by kind and name. `private.shape` counts too: its rows are rules. */
const PARTS: Record<string, string> = {
  schema:
    `select nspname as name, coalesce(nspacl::text, '') as what
    from pg_namespace
    where nspname in (select s from ours)`,
  extension:
    `select extname as name, '' as what from pg_extension where extname in ('ltree', 'btree_gist', 'pgcrypto')`,
  type: `select t.typnamespace::regnamespace || '.' || t.typname as name,
    coalesce((select string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid),
      (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
       from pg_attribute a
       where a.attrelid = t.typrelid)) as what
  from pg_type t
  left join pg_class c on c.oid = t.typrelid
  where t.typnamespace::regnamespace::text in (select s from ours) and (t.typtype = 'e' or c.relkind = 'c')`,
  table:
    `select c.oid::regclass::text as name,
      concat_ws(' ', c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.reloptions,
        c.relacl) as what
    from pg_class c
    where c.relnamespace::regnamespace::text in (select s from ours) and c.relkind in ('r', 'v', 'S', 'p')`,
  column:
    `select a.attrelid::regclass || '.' || a.attname as name,
      concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end, a.attidentity,
        a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attacl) as what
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace::regnamespace::text in (select s from ours) and c.relkind = 'r' and a.attnum > 0
      and not a.attisdropped`,
  constraint: `select conrelid::regclass || '.' || conname as name, pg_get_constraintdef(oid) as what from pg_constraint
    where connamespace::regnamespace::text in (select s from ours) and conrelid <> 0`,
  index:
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as what
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    where c.relnamespace::regnamespace::text in (select s from ours)`,
  function:
    `select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) || coalesce(p.proacl::text, '') as what
    from pg_proc p
    where p.pronamespace::regnamespace::text in (select s from ours)`,
  view:
    `select c.oid::regclass::text as name, pg_get_viewdef(c.oid) as what
    from pg_class c
    where c.relnamespace::regnamespace::text in (select s from ours) and c.relkind = 'v'`,
  trigger:
    `select t.tgrelid::regclass || '.' || t.tgname as name, pg_get_triggerdef(t.oid) as what
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
    where c.relnamespace::regnamespace::text in (select s from ours) and not t.tgisinternal`,
  policy:
    `select schemaname || '.' || tablename || '.' || policyname as name,
      concat_ws(' ', permissive, roles, cmd, qual, with_check) as what
    from pg_policies
    where schemaname in (select s from ours) or schemaname = 'realtime'`,
  default:
    `select coalesce(defaclnamespace::regnamespace::text, '') || defaclobjtype::text as name, defaclacl::text as what
    from pg_default_acl`,
  comment:
    `select objoid::text as name, description as what
    from pg_description d
    join pg_class c on c.oid = d.objoid
    where c.relnamespace::regnamespace::text in (select s from ours)`,
  shape: `select name, shape::text as what from private.shape`,
}

/** The catalogue of a database, one entry per thing: `kind name` → its definition. */
export async function catalogueOf(db: Sql): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const [kind, text] of Object.entries(PARTS)) {
    const { rows } = await db.query(
      `with ours(s) as (values ('app'), ('sync'), ('private'), ('mutator'), ('projection'), ('api')) ${text}`,
    )
    for (const row of rows) found.set(`${kind} ${row.name as string}`, String(row.what))
  }
  return found
}

/** What differs, as lines to read: `- only before`, `+ only after`, `~ changed`. */
export function differences(before: Map<string, string>, after: Map<string, string>): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  return names.flatMap((name) => {
    const [a, b] = [before.get(name), after.get(name)]
    if (a === b) return []
    return [a === undefined ? `+ ${name}` : b === undefined ? `- ${name}` : `~ ${name}`]
  })
}
