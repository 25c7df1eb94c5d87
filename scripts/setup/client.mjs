import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { packagedNode, runsTypeScript } from './node.mjs'
import { PROJECT } from './project.mjs'
import { runVisibly } from './run-visibly.mjs'
import { SetupError } from './setup-error.mjs'

const STAMP = new URL('prisma/generated/made-from.txt', PROJECT)

/** Whether the generated database client is missing, or was made from another schema or by another Prisma. */
export function isClientStale() {
  try {
    return readFileSync(STAMP, 'utf8') !== source()
  } catch {
    return true
  }
}

/** Makes the database client from prisma/schema.prisma. Throws SetupError. */
export async function generateClient() {
  process.stdout.write('Generating the database client …\n')
  const made = source()
  const prisma = fileURLToPath(new URL('node_modules/prisma/build/index.js', PROJECT))
  const status = await runVisibly(
    runsTypeScript() ? process.execPath : packagedNode(),
    [prisma, 'generate', '--no-hints'],
    {
      cwd: fileURLToPath(PROJECT),
      // the schema engine is not needed here and cannot be downloaded everywhere. Only for this command: with it,
      // `prisma migrate` would do nothing and report success
      env: { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    },
  )
  if (status !== 0) throw new SetupError(`prisma generate failed with status ${status}.`)
  writeFileSync(STAMP, made)
}

function source() {
  const { version } = JSON.parse(readFileSync(new URL('node_modules/prisma/package.json', PROJECT), 'utf8'))
  const schema = readFileSync(new URL('prisma/schema.prisma', PROJECT))
  return `prisma ${version}, schema ${createHash('sha256').update(schema).digest('hex')}\n`
}
