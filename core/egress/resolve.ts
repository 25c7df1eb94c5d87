import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { AppError } from '../errors.ts'
import { isPublicAddress } from './address.ts'
import { type Allowance, plainHost } from './allowances.ts'

/** Names to addresses; the system's resolver unless a test brings another. */
export type Lookup = (host: string) => Promise<readonly string[]>

/** The addresses that may be connected to, in order. Asked once per connection; the answer is what gets connected. */
export type Resolve = (host: string, port: number) => Promise<readonly [string, ...string[]]>

/** Makes the guard that everything on its way out passes. @throws AppError PRIVATE_ADDRESS {host}, or the resolver's error. */
export function createResolve(allowances: readonly Allowance[], names: Lookup = systemLookup): Resolve {
  return async (host, port) => {
    const name = plainHost(host)
    const found = isIP(name) ? [name] : await names(name)
    const [first, ...others] = found.filter(
      (address) => isPublicAddress(address) || allowances.some((allows) => allows(name, port, address)),
    )
    if (first === undefined)
      throw new AppError('PRIVATE_ADDRESS', 'A private address is not fetched from', { data: { host: name } })
    return [first, ...others]
  }
}

async function systemLookup(host: string): Promise<readonly string[]> {
  // IPv4 first: where IPv6 is announced but dead, the first try must not be the one that hangs
  const found = await lookup(host, { all: true, order: 'ipv4first' })
  return found.map(({ address }) => address)
}
