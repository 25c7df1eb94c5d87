/** Set-up cannot go on; the message says what to do, in words. */
export class SetupError extends Error {
  name = 'SetupError'
}
