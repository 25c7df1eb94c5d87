import { AppError } from '../errors.ts'

const DEAD = new Set([
  'ENOTFOUND',
  'ENODATA',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EINVAL',
  'ERR_INVALID_URL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'EPROTO',
])
const SLOW = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])
/** names that exist nowhere (RFC 2606): a resolver that is away says nothing new about them */
const RESERVED_NAME = /\.(invalid|example|test)$/i
const MAX_DEPTH = 6

/**
 * What went wrong on the way to `host`, sorted: our own refusals as they are; DEAD_URL {host} when trying again is of no
 * use; TIMEOUT {host}; else NETWORK {host}.
 */
export function sortNetworkError(error: unknown, host: string): AppError {
  const chain = causes(error)
  const own = chain.find((link) => link instanceof AppError)
  if (own) return own
  const codes = chain.map((link) => (link as { code?: unknown }).code).filter((code) => typeof code === 'string')
  const options = { cause: error, data: { host } }
  if (codes.some((code) => SLOW.has(code))) return new AppError('TIMEOUT', 'The other side went silent', options)
  const dead =
    codes.some((code) => DEAD.has(code)) ||
    chain.some(isDeadEnd) ||
    (codes.includes('EAI_AGAIN') && RESERVED_NAME.test(host))
  if (dead) return new AppError('DEAD_URL', 'Nothing can be fetched from there', options)
  return new AppError('NETWORK', 'The connection failed', options)
}

function causes(error: unknown): object[] {
  const chain: object[] = []
  let link = error
  while (typeof link === 'object' && link !== null && chain.length < MAX_DEPTH) {
    chain.push(link)
    const { errors, cause } = link as { errors?: unknown; cause?: unknown }
    link = cause ?? (Array.isArray(errors) ? (errors[0] as unknown) : undefined)
  }
  return chain
}

// undici tells these in words only
function isDeadEnd(link: object): boolean {
  return (
    link instanceof Error &&
    /redirect count exceeded|scheme must be|invalid url|bad port|failed to parse url/i.test(link.message)
  )
}
