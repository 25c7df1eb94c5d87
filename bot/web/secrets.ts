import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** What is kept of a cookie's or an invite's token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Compares without telling by its time how much was right. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest())
}

/** The signature of a link to a file, bound to the tenant, the path and the moment (s since the epoch) until which it holds. */
export function linkSignature(
  key: Buffer,
  link: { readonly workspaceId: string; readonly path: string; readonly expires: number },
): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(['file-link', link.workspaceId, link.path, link.expires]))
    .digest('base64url')
}
