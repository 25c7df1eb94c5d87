// `npm run doctor`: what is there, what is missing, what each missing thing would add. Changes nothing, needs nothing.
// `npm run doctor -- --update-yt-dlp` fetches the official release of yt-dlp into DATA_DIR/bin.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { diskRow, keyRows, machineRows, packageRows, toolRows } from './setup/findings.mjs'
import { PROJECT } from './setup/project.mjs'
import { SetupError } from './setup/setup-error.mjs'
import { printTable } from './setup/table.mjs'
import { adviceOnTools } from './setup/tools.mjs'
import { fetchYtDlp } from './setup/yt-dlp.mjs'

const dataDir = resolve(fileURLToPath(PROJECT), process.env.DATA_DIR || '.data')
const fetched = join(dataDir, 'bin', 'yt-dlp')

if (process.argv.includes('--update-yt-dlp')) {
  try {
    await fetchYtDlp(fetched)
    process.stdout.write(`yt-dlp is up to date: ${fetched}\n`)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

const ytDlpPath = process.env.YTDLP_PATH || (existsSync(fetched) ? fetched : undefined)
const tools = await toolRows(ytDlpPath)
printTable(
  ['', 'What', 'Version', 'What it adds'],
  [...machineRows(), ...packageRows(), diskRow(dataDir), ...tools, ...keyRows()],
)
for (const advice of [...tools.map((tool) => tool.advice), adviceOnTools()])
  if (advice) process.stdout.write(`\n${advice}\n`)
