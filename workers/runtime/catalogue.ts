import { AppError } from '#core/errors.ts'
import { type CatalogueDetails, catalogueDetails } from '#domain/catalogue.ts'
import type { Database } from '#prisma/client.ts'
import {
  availableSince,
  type CatalogueRow,
  publishCatalogue,
  scopeToPublish,
  workspacesInCatalogue,
  workspacesWithSecrets,
} from '#prisma/queries/system/catalogue.ts'
import { scopedDb } from '#prisma/scoped.ts'
import { priceOf } from '#providers/cost.ts'
import type { ProviderContext, SpeechCapability, Voice } from '#providers/define.ts'
import type { Look } from './provider-look.ts'
import type { ProviderLooks } from './provider-looks.ts'

const VOICES_MS = 20_000
/** another worker has the tool that this one lacks, and said so since its last hourly round */
const BELIEVED_MS = 2 * 3600_000

type ContextOf = (look: Look) => ProviderContext

/** Writes what can be done for everybody ('') and for each workspace with keys of its own. */
export async function publishAll(database: Database, looks: ProviderLooks, contextOf: ContextOf): Promise<void> {
  await publishShared(database, looks, contextOf)
  const workspaces = new Set([...(await workspacesWithSecrets(database)), ...(await workspacesInCatalogue(database))])
  for (const workspaceId of workspaces) await publishWorkspace(database, looks, contextOf, workspaceId)
}

/** Writes a workspace's own rows: only providers that it set something of. None left: its rows go. */
export async function publishWorkspace(
  database: Database,
  looks: ProviderLooks,
  contextOf: ContextOf,
  workspaceId: string,
): Promise<void> {
  const scope = await scopeToPublish(database, workspaceId)
  const own = scope === undefined ? [] : (await looks.all(scopedDb(database, scope))).filter(({ merged }) => merged.own)
  await publishCatalogue(database, workspaceId, await Promise.all(own.map((look) => toRow(look, contextOf(look)))))
}

async function publishShared(database: Database, looks: ProviderLooks, contextOf: ContextOf): Promise<void> {
  const rows = await Promise.all((await looks.shared()).map((look) => toRow(look, contextOf(look))))
  const elsewhere = await availableSince(database, '', new Date(Date.now() - BELIEVED_MS))
  const lacking = (row: CatalogueRow) =>
    row.reason === 'providers.reason.tool' && elsewhere.has(`${row.capability}/${row.provider}`)
  await publishCatalogue(
    database,
    '',
    rows.filter((row) => !lacking(row)),
    rows.filter(lacking),
  )
}

async function toRow(look: Look, context: ProviderContext): Promise<CatalogueRow> {
  const { provider, found } = look
  const base = { capability: provider.capability, provider: provider.id }
  if (!look.available) return { ...base, available: false, reason: found.reason ?? null, details: detailsOf(look, []) }
  try {
    return { ...base, available: true, reason: null, details: detailsOf(look, await voicesOf(look, context)) }
  } catch (error) {
    const bad = error instanceof AppError && error.code === 'PROVIDER_KEY'
    context.log.warn({ provider: provider.id, err: error }, 'the voices of a provider could not be listed')
    const missing = bad ? provider.secrets : []
    const reason = bad ? 'providers.reason.badKey' : 'providers.reason.unreachable'
    return { ...base, available: false, reason, details: detailsOf({ ...look, found: { ...found, missing } }, []) }
  }
}

async function voicesOf({ provider, env, found }: Look, context: ProviderContext): Promise<readonly Voice[]> {
  if (provider.capability !== 'speech') return []
  const client = (await provider.create(env, context, found)) as SpeechCapability
  return client.voices(AbortSignal.timeout(VOICES_MS))
}

function detailsOf({ provider, env, found }: Look, voices: readonly Voice[]): CatalogueDetails {
  const model = provider.model?.(env, found) ?? found.model
  return catalogueDetails.parse({
    draft: provider.draft,
    local: provider.local,
    rank: provider.rank,
    secrets: provider.secrets,
    settable: provider.settable ?? [],
    missing: found.missing ?? [],
    voices,
    languages: found.languages ?? [],
    pairs: found.pairs ?? [],
    model,
    models: found.models ?? [],
    cost: priceOf(provider, env, model),
  })
}
