import ipaddr from 'ipaddr.js'
import { AppError } from '../errors.ts'

/** Whether a connection to a host and port, resolved to this address, is an exception that somebody configured. */
export type Allowance = (host: string, port: number, address: string) => boolean

/**
 * Reads exceptions: `host`, `host:port`, an address (`[::1]:80` with a port), or a range such as `10.1.0.0/16`.
 * @throws AppError BAD_ENV for an entry that is none of these.
 */
export function parseAllowances(entries: readonly string[]): Allowance {
  const rules = entries.map(parseEntry)
  return (host, port, address) => rules.some((rule) => rule(plainHost(host), port, address))
}

/** A host name as it is compared: lower case, no final dot, no brackets. */
export function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[(.*)\]$/, '$1')
}

function parseEntry(entry: string): Allowance {
  if (entry.includes('/')) return rangeRule(entry)
  const [, bracketed, name, digits] = /^(?:\[([^\]]+)\]|([^:/\s]+))(?::(\d{1,5}))?$/.exec(entry) ?? []
  const host = bracketed ?? name ?? (ipaddr.IPv6.isValid(entry) ? entry : undefined)
  if (host === undefined) throw malformed(entry)
  return hostRule(host, digits === undefined ? undefined : Number(digits))
}

function hostRule(host: string, onlyPort: number | undefined): Allowance {
  const wanted = plainHost(host)
  const wantedAddress = canonical(wanted)
  return (name, port, address) => {
    if (onlyPort !== undefined && port !== onlyPort) return false
    return name === wanted || (wantedAddress !== undefined && canonical(address) === wantedAddress)
  }
}

function rangeRule(entry: string): Allowance {
  if (!ipaddr.isValidCIDR(entry)) throw malformed(entry)
  const [base, bits] = ipaddr.parseCIDR(entry)
  return (_name, _port, address) => {
    if (!ipaddr.isValid(address)) return false
    const parsed = ipaddr.process(address)
    return parsed.kind() === base.kind() && parsed.match(base, bits)
  }
}

function canonical(address: string): string | undefined {
  return ipaddr.isValid(address) ? ipaddr.process(address).toNormalizedString() : undefined
}

function malformed(entry: string): AppError {
  const problem = `ALLOW_PRIVATE_HOSTS is not usable: “${entry}” is neither host, host:port nor CIDR`
  return new AppError('BAD_ENV', problem, { data: { problems: [problem] } })
}
