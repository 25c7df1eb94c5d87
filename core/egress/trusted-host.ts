/** The `host:port` that a base URL of the environment is trusted for, e.g. 'localhost:11434'; undefined when it is no http address. */
export function trustedHost(baseUrl: string): string | undefined {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`
}
