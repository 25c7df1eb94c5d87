import { trustedHost } from '#core/egress/trusted-host.ts'
import { providers } from './index.ts'

/**
 * `host:port` of every provider address that the installation's environment sets (and of Ollama's default): who set it may
 * reach it, also in a private network. Addresses that workspaces set are never among them.
 */
export function trustedHosts(env: Readonly<Record<string, string | undefined>>): string[] {
  const addresses = providers.flatMap((provider) => {
    if (!('address' in provider)) return []
    const given = env[provider.address]?.trim()
    return [given ? withProtocol(given) : undefined, provider.id === 'ollama' ? 'http://127.0.0.1:11434' : undefined]
  })
  return [...new Set(addresses.flatMap((address) => (address === undefined ? [] : (trustedHost(address) ?? []))))]
}

// OLLAMA_HOST may be a bare `host:port`, and 0.0.0.0 for what it listens on
function withProtocol(address: string): string {
  return (address.includes('://') ? address : `http://${address}`).replace('0.0.0.0', '127.0.0.1')
}
