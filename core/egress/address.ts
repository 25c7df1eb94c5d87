import ipaddr from 'ipaddr.js'

/**
 * Whether an IP address is on the public internet. Everything with a special meaning is not: private, loopback, link-local
 * (with the metadata service 169.254.169.254), CGNAT, NAT64, 6to4, Teredo, multicast, documentation. An IPv4 address
 * mapped into IPv6 counts as what it is.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  return ipaddr.process(address).range() === 'unicast'
}
