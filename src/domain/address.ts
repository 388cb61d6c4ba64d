/** Who can open an address: only the machine it is opened on, only what is in its network, or every phone. */
export type Reach = 'machine' | 'network' | 'public'

const MACHINE = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])$/
const NETWORK_ADDRESS =
  /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.\d/
const NETWORK_NAME = /^(?:\[f[cde][\da-f]{2}:.*\]|[^.:]+|.+\.(?:local|lan|internal|home\.arpa))$/

/** Who can open an address of this host name, as `location.hostname` says it. */
export function reachOf(hostname: string): Reach {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  if (MACHINE.test(host)) return 'machine'
  return NETWORK_ADDRESS.test(host) || NETWORK_NAME.test(host) ? 'network' : 'public'
}
