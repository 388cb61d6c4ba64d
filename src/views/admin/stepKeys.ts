/** What an admin does from an empty database to the first community, in order; words: `setup.steps`. */
export const ADMIN_STEPS = ['division', 'community', 'coordinator', 'lists', 'handOver'] as const
/** What a coordinator does from an empty community to one that works. */
export const COMMUNITY_STEPS = ['building', 'line', 'post', 'responder', 'invite', 'roster', 'doors'] as const
export type CommunityStep = typeof COMMUNITY_STEPS[number]
