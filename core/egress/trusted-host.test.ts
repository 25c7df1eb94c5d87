import { expect, test } from 'vitest'
import { trustedHost } from './trusted-host.ts'

test.each([
  ['http://localhost:11434', 'localhost:11434'],
  ['https://api.openai.com/v1', 'api.openai.com:443'],
  ['http://10.0.0.5/v1/', '10.0.0.5:80'],
  ['http://[::1]:8080', '[::1]:8080'],
  ['file:///etc/passwd', undefined],
  ['localhost', undefined],
])('%s → %s', (url, host) => {
  expect(trustedHost(url)).toBe(host)
})
