import { bootPglite } from '../tests/db/pglite.ts'
import { writeGenerated } from './schema/generated.ts'
import { writeTypes } from './schema/types.ts'

/** `npm run schema`: writes the generated parts of supabase/schemas and the types of the Data API. */
const db = await bootPglite({ written: true })
const written = (await writeGenerated(db)).map(name => `supabase/schemas/${name}`)
await db.close()
if (await writeTypes()) written.push('src/gateway/database.types.ts')
console.log(written.length > 0 ? `wrote ${written.join(', ')}` : 'nothing to write: the generated files are fresh')
