/** Where supabase-js keeps the tokens; read directly at start, because asking it may wait for the network. Apart from the client, so that the first paint does not load it. */
export const TOKEN_KEY = 'redwhistle-auth'
