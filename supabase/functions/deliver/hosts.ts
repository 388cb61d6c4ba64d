import type { Robot } from './ports.ts'

/**
 * The push services of browsers. `private.is_push_endpoint` has the same list and checks an address when it is saved;
 * the check here is for rows that came in another way.
 */
const PUSH_SERVICES: readonly RegExp[] = [
  /^fcm\.googleapis\.com$/, // Chrome and other Chromium browsers
  /^jmt17\.google\.com$/,
  /^updates\.push\.services\.mozilla\.com$/, // Firefox
  /^[a-z0-9-]+\.notify\.windows\.com$/, // Edge
  /^web\.push\.apple\.com$/, // Safari
]

const ROBOT_MAKERS: Record<Robot['kind'], readonly RegExp[]> = {
  wecom: [/^qyapi\.weixin\.qq\.com$/],
  dingtalk: [/^oapi\.dingtalk\.com$/],
  feishu: [/^open\.feishu\.cn$/, /^open\.larksuite\.com$/],
}

/** Is this the address of a device at a browser's push service? */
export function isPushService(endpoint: string): boolean {
  return isHttpsOf(endpoint, PUSH_SERVICES)
}

/** Is this the address of a group robot at its maker? */
export function isRobotMaker(kind: Robot['kind'], webhook: string): boolean {
  return isHttpsOf(webhook, ROBOT_MAKERS[kind])
}

function isHttpsOf(address: string, hosts: readonly RegExp[]): boolean {
  try {
    const { protocol, username, password, port, hostname } = new URL(address)
    const isPlain = protocol === 'https:' && username === '' && password === '' && port === ''
    return isPlain && hosts.some(host => host.test(hostname))
  }
  catch {
    return false
  }
}
