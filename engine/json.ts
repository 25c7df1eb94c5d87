// a character that JSON can write and jsonb cannot hold: NUL, and half a surrogate pair (stringify escapes only those)
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g

/** JSON text that PostgreSQL's jsonb takes: what it cannot hold becomes U+FFFD. */
export function toJson(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replaceAll(UNSTORABLE, '$1\ufffd')
}
