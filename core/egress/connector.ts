import { buildConnector } from 'undici'
import type { Resolve } from './resolve.ts'

const CONNECT_TIMEOUT_MS = 15_000

/** undici's connector behind the guard: each new connection, so each redirect too, is resolved once, checked and pinned. */
export function guardedConnector(resolve: Resolve): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS, allowH2: false })
  return (options, done) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    resolve(options.hostname, port).then(
      (addresses) => tryInTurn(connect, options, addresses, done),
      (error: Error) => done(error, null),
    )
  }
}

// `host` stays the name, for TLS; `hostname` becomes the address that was checked
function tryInTurn(
  connect: buildConnector.connector,
  options: buildConnector.Options,
  [address, ...others]: readonly [string, ...string[]],
  done: buildConnector.Callback,
): void {
  connect({ ...options, hostname: address }, (...outcome) => {
    const [next, ...rest] = others
    if (outcome[0] === null || next === undefined) return done(...outcome)
    tryInTurn(connect, options, [next, ...rest], done)
  })
}
