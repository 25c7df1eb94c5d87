import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actions } from '#commands/actions/index.ts'
import type { Action, Command, CommandContext } from '#commands/define.ts'
import { commands } from '#commands/index.ts'
import { parseArgs } from '#commands/parse-args.ts'
import { parseCommand } from '#commands/parse.ts'
import { seal } from '#core/crypto/seal.ts'
import { newId } from '#core/ids.ts'
import type { Reply } from '#domain/card.ts'
import { loadProjectView } from '#services/project-view.ts'
import { singsCanary } from '#test/builders/canaries.ts'
import { failed, finished, waitingTranscript } from '#test/builders/productions.ts'
import { buildBench, type Bench, type Crew } from '#test/builders/service-context.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import { CLICKED, GUESSES, TYPED, WITHOUT_TARGET, WORKSPACE_WIDE } from './canary/command-walk.ts'

let db: TestDatabase
let bench: Bench
let ours: Crew
/** another workspace, and another niche of ours */
let theirs: Crew
let niche: Crew

beforeAll(async () => {
  db = await testDatabase()
  bench = await buildBench(db.database)
  ours = await bench.crew('ours')
  theirs = await bench.crew('CANARY-workspace')
  niche = await bench.neighbour(ours, 'CANARY-niche')
  const { prisma } = db.database
  // numbers of theirs are none of ours
  await prisma.workspace.update({ where: { id: theirs.scope.workspaceId }, data: { projectCount: 900 } })
  await plantWorkspace(theirs)
  for (const stranger of [theirs, niche]) {
    await waitingTranscript(bench, stranger)
    await finished(bench, stranger)
    await failed(bench, stranger)
  }
  const details = {
    draft: true,
    local: true,
    rank: { quality: 1, speed: 1 },
    voices: [{ id: 'maria', name: 'Maria', languages: ['es'] }],
  }
  await prisma.catalogue.create({
    data: { workspaceId: '', capability: 'speech', provider: 'espeak', available: true, details },
  })
}, 120_000)
afterAll(async () => {
  await bench.close()
  await db.drop()
})

async function plantWorkspace({ scope: { workspaceId }, memberId }: Crew): Promise<void> {
  const { prisma } = db.database
  const voices = [{ id: 'CANARY-voice', name: 'CANARY-voice', languages: ['es'] }]
  const details = { draft: false, local: false, rank: { quality: 99, speed: 99 }, secrets: ['CANARY_KEY'], voices }
  await prisma.catalogue.create({
    data: { workspaceId, capability: 'speech', provider: 'CANARY-provider', available: true, details },
  })
  await prisma.secret.create({
    data: { workspaceId, name: 'CANARY_KEY', ciphertext: seal(Buffer.alloc(32, 7), 'CANARY', 'x') },
  })
  await prisma.setting.create({ data: { workspaceId, key: 'targets', value: ['CANARY'] } })
  await prisma.member.update({ where: { id: memberId }, data: { name: 'CANARY-member' } })
  await prisma.invite.create({
    data: {
      id: newId('inv'),
      workspaceId,
      tokenHash: 'x',
      name: 'CANARY',
      role: 'admin',
      expiresAt: new Date(Date.now() + 1e9),
    },
  })
}

/** Every row of the strangers, whatever is in it. */
async function strangersRows(): Promise<string> {
  const { pool } = db.database
  rowsSql ??= await tenantRows()
  const { rows } = await pool.query<{ row: string }>(rowsSql, [theirs.scope.workspaceId, niche.scope.nicheId])
  return rows.map(({ row }) => row).join('\n')
}

let rowsSql: string | undefined

/** All rows with a tenant in them, as one statement over every table that has them. */
async function tenantRows(): Promise<string> {
  const { rows } = await db.database.pool.query<{ name: string; niched: boolean }>(`
    select c.table_name as name, bool_or(c.column_name = 'niche_id') as niched from information_schema.columns c
    where c.table_schema = 'public' group by 1 having bool_or(c.column_name = 'workspace_id') order by 1`)
  const selects = rows.map(({ name, niched }) => {
    const where = niched ? 'workspace_id = $1 or niche_id = $2' : 'workspace_id = $1 and $2::text is not null'
    return `select '${name}: ' || t::text as row from "${name}" t where ${where}`
  })
  return `${selects.join(' union all ')} order by 1`
}

async function type(text: string, ctx: CommandContext): Promise<Reply> {
  const parsed = parseCommand(text, commands, ctx.t)
  return parsed.verb.run(parseArgs(parsed, ctx.t), ctx)
}

type Request = Awaited<ReturnType<(typeof CLICKED)[string]>>

async function click(
  name: string,
  { target, version = 1, payload, values = {}, files = [] }: Request,
): Promise<Reply | undefined> {
  const action = (actions as readonly Action[]).find((candidate) => candidate.name === name)
  if (!action) throw new Error(`no action ${name}`)
  return action.run({ target, version, payload, values: action.input.parse(values), files }, ours.command({ files }))
}

/** What people see of a reply: its card, or the whole project behind its thread. */
async function shown(reply: Reply | undefined): Promise<unknown> {
  return reply?.kind === 'thread' ? loadProjectView({ db: ours.db, projectId: reply.projectId }) : reply
}

/** Runs something that may be refused; the refusal's words are shown to people too. */
async function attempt(
  work: () => Promise<Reply | undefined>,
): Promise<{ readonly refused: boolean; readonly seen: unknown }> {
  try {
    return { refused: false, seen: await shown(await work()) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { refused: true, seen: { message: error.message, ...('data' in error && { data: error.data }) } }
  }
}

function everyVerb(): string[] {
  return (commands as readonly Command[]).flatMap(({ name, verb, verbs }) =>
    verb ? [name] : Object.keys(verbs ?? {}).map((one) => `${name} ${one}`),
  )
}

test('every verb of every command, and every action, is walked', () => {
  expect(Object.keys(TYPED).toSorted()).toEqual(everyVerb().toSorted())
  expect(Object.keys(CLICKED).toSorted()).toEqual(actions.map(({ name }) => name).toSorted())
})

describe.each(Object.entries(TYPED))('/%s', (name, typed) => {
  test('works on what is ours and shows no canary', async () => {
    const before = await strangersRows()
    const { text, files = [] } = await typed(bench, ours)
    const seen = await shown(await type(text, ours.command({ files })))
    expect(JSON.stringify(seen).length).toBeGreaterThan(2)
    expect(singsCanary(seen)).toBe(false)
    expect(await strangersRows()).toBe(before)
  })

  test.each(['workspace', 'niche'] as const)('shows and changes nothing of another %s', async (kind) => {
    if (kind === 'niche' && WORKSPACE_WIDE.has(name)) return
    const stranger = kind === 'niche' ? niche : theirs
    const { text } = await typed(bench, stranger)
    const before = await strangersRows()
    const { refused, seen } = await attempt(() => type(text, ours.command()))
    expect(singsCanary(seen)).toBe(false)
    expect(await strangersRows()).toBe(before)
    expect(refused).toBe(/^(?:dub$|project (?!list)|team r)/u.test(name))
  })
})

test.each(GUESSES)('a guess tells nothing: %s', async (text) => {
  const before = await strangersRows()
  const { refused, seen } = await attempt(() => type(text, ours.command()))
  expect(refused).toBe(true)
  expect(singsCanary(seen)).toBe(false)
  expect(await strangersRows()).toBe(before)
})

describe.each(Object.entries(CLICKED))('%s', (name, clicked) => {
  test('works on what is ours and shows no canary', async () => {
    const before = await strangersRows()
    const request = await clicked(bench, ours)
    expect(singsCanary(await shown(await click(name, request)))).toBe(false)
    expect(await strangersRows()).toBe(before)
  })

  test.each(['workspace', 'niche'] as const)('refuses what is of another %s', async (kind) => {
    if (kind === 'niche' && WORKSPACE_WIDE.has(name)) return
    const request = await clicked(bench, kind === 'niche' ? niche : theirs)
    const before = await strangersRows()
    const { refused, seen } = await attempt(() => click(name, request))
    expect(singsCanary(seen)).toBe(false)
    expect(await strangersRows()).toBe(before)
    expect(refused).toBe(!WITHOUT_TARGET.has(name))
  })
})

test('the walk notices a canary and a change', async () => {
  const leaky = { kind: 'card', card: { title: 'CANARY-workspace', tone: 'info' } }
  expect(singsCanary(leaky)).toBe(true)
  const before = await strangersRows()
  expect(before.split('\n').length).toBeGreaterThan(50)
  await db.database.prisma.project.updateMany({
    where: { workspaceId: theirs.scope.workspaceId },
    data: { title: 'taken' },
  })
  expect(await strangersRows()).not.toBe(before)
})
