import { startBackend } from '../../supabase/local/backend.ts'
import { runServer } from '../../supabase/local/start.ts'

// the backend of `npm start` without the built app: the soak calls its functions only
void runServer(options => startBackend({ ...options, log: line => console.log(line) }))
