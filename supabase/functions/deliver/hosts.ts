import type { Robot } from './ports.ts'

/**
 * The push services of the browsers: Chrome and its kin, Firefox, Edge, Safari. `private.is_push_endpoint` has the same
 * list where an address is saved; it is asked again here, so that a row that came in another way sends nobody anywhere.
 */
const PUSH_SERVICES
  = /^(?:fcm\.googleapis\.com|jmt17\.google\.com|updates\.push\.services\.mozilla\.com|[a-z0-9-]+\.notify\.windows\.com|web\.push\.apple\.com)$/

const ROBOT_MAKERS: Record<Robot['kind'], RegExp> = {
  wecom: /^qyapi\.weixin\.qq\.com$/,
  dingtalk: /^oapi\.dingtalk\.com$/,
  feishu: /^open\.(?:feishu\.cn|larksuite\.com)$/,
}

/** Is this the address of a device at a browser's push service? */
export function isPushService(endpoint: string): boolean {
  return isHttpsOf(endpoint, PUSH_SERVICES)
}

/** Is this the address of a group robot at its maker? */
export function isRobotMaker(kind: Robot['kind'], webhook: string): boolean {
  return isHttpsOf(webhook, ROBOT_MAKERS[kind])
}

function isHttpsOf(address: string, hosts: RegExp): boolean {
  try {
    const { protocol, username, password, port, hostname } = new URL(address)
    return protocol === 'https:' && username === '' && password === '' && port === '' && hosts.test(hostname)
  }
  catch {
    return false
  }
}
