import { bootPglite } from '../tests/db/pglite.ts'
import { writeGenerated } from './schema/generated.ts'
import { writeTypes } from './schema/types.ts'

/** `npm run schema`: writes the generated parts of supabase/schemas and the types of the Data API. */
const db = await bootPglite({ written: true })
for (const name of await writeGenerated(db)) console.log(`wrote supabase/schemas/${name}`)
await db.close()
await writeTypes()
