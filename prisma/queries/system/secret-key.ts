import { fingerprint } from '#core/crypto/fingerprint.ts'
import { AppError } from '#core/errors.ts'
import type { UnscopedDb } from '../../unscoped.ts'
import { noteOnce } from './installation.ts'

/** The first key that an installation is started with is its key. Throws WRONG_SECRET_KEY with any other: what is stored could not be read. */
export async function checkSecretKey(db: UnscopedDb, key: Buffer): Promise<void> {
  const ours = fingerprint(key)
  const noted = await noteOnce(db, 'secret_key_fingerprint', ours)
  if (noted !== ours)
    throw new AppError('WRONG_SECRET_KEY', 'SECRET_KEY is not the one that this installation was started with')
}
