import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { AppError } from '#core/errors.ts'

/** Who may come in without a session, and under which names the room answers. */
export interface RoomAccess {
  /** bound to loopback with neither password nor public address: whoever is at this machine is the owner */
  readonly ownerWithoutSession: boolean
  readonly password: string | undefined
  /** whether a Host header's name (without port) is one of ours */
  isOurHost(name: string): boolean
  /** `https://studio.example.org`, when people reach the room under another address than the one bound to */
  readonly publicOrigin: string | undefined
}

/**
 * The rule of the web room's door.
 * @throws BAD_ENV when others than this machine could reach a room without a password
 */
export function roomAccess(binding: {
  readonly host: string
  readonly password?: string | undefined
  readonly publicUrl?: string | undefined
}): RoomAccess {
  const { host, password } = binding
  const publicUrl = binding.publicUrl === undefined ? undefined : new URL(binding.publicUrl)
  const loopback = isLoopback(host)
  if (password === undefined && (!loopback || publicUrl)) {
    const problem =
      'ROOM_PASSWORD is not set: a room that others can reach needs one (or leave HTTP_HOST at 127.0.0.1 and PUBLIC_URL unset)'
    throw new AppError('BAD_ENV', problem, { data: { problems: [problem] } })
  }
  return {
    ownerWithoutSession: loopback && password === undefined,
    password,
    publicOrigin: publicUrl?.origin,
    isOurHost: (name) => {
      if (isLoopback(name) || name === publicUrl?.hostname) return true
      // an address cannot be rebound by somebody else's DNS; a name that we do not know could be
      return !loopback && (isIP(bare(name)) > 0 || name === host || name === hostname().toLowerCase())
    },
  }
}

function isLoopback(host: string): boolean {
  const name = bare(host)
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}
