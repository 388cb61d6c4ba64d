/** Paths the staff app's worker leaves alone: the residents' page, the backend, and what is read at run time. */
export const NOT_OURS: RegExp[] = [
  /^\/b\//,
  /^\/rest\//,
  /^\/auth\//,
  /^\/functions\//,
  /^\/realtime\//,
  /^\/healthz/,
  /^\/config\.json/,
]
