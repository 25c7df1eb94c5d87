import { BlockList, isIPv6 } from 'node:net'

/**
 * Whether an address may say for whom it asks (X-Forwarded-For): only who connects to us, and only from this machine or a
 * private network, where a reverse proxy of ours stands. What came through it before is the client's own word.
 */
export function trustProxy(address: string, hop: number): boolean {
  return hop === 0 && OURS.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

const OURS = new BlockList()
OURS.addSubnet('127.0.0.0', 8)
OURS.addSubnet('10.0.0.0', 8)
OURS.addSubnet('172.16.0.0', 12)
OURS.addSubnet('192.168.0.0', 16)
OURS.addAddress('::1', 'ipv6')
OURS.addSubnet('fc00::', 7, 'ipv6')
