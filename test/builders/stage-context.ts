import { mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import { createEgress } from '#core/egress/egress.ts'
import { AppError, toAppError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { silentLog } from '#core/log.ts'
import { createFolderStorage } from '#core/storage/folder.ts'
import type { StorageSource } from '#core/storage/storage.ts'
import type { ArtifactKind, ArtifactRef } from '#domain/artifact.ts'
import type { Progress } from '#domain/progress.ts'
import type { Capabilities, Capability, Discovery, Provider, ProviderNeed } from '#providers/define.ts'
import type { ProviderChoice, StageContext } from '#workers/stages/define.ts'
import type { Stage } from '#workers/stages/define.ts'

type NamedFile = Omit<Parameters<StageContext['artifacts']['save']>[0], 'path'>

export interface StageBench {
  /** a context with a work folder of its own */
  context(signal?: AbortSignal): Promise<StageContext>
  /** parses the input, runs the stage in a fresh work folder, parses the output: as a worker does */
  run<I extends z.ZodType, O extends z.ZodType>(stage: Stage<string, I, O>, input: z.input<I>): Promise<z.output<O>>
  /** a file as people upload it */
  upload(file: string, kind?: ArtifactKind): Promise<ArtifactRef>
  path(ref: ArtifactRef): Promise<string>
  text(ref: ArtifactRef): Promise<string>
  /** every call of a provider, in order */
  readonly calls: { provider: string; capability: Capability; ok: boolean }[]
  readonly progress: Progress[]
  close(): Promise<void>
}

/** Runs stages for real in this process: a store and work folders under `dir`, the given providers, no database and no queue. */
export async function stageBench(options: {
  readonly dir: string
  readonly providers?: readonly Provider[]
  readonly env?: Readonly<Record<string, string>>
  readonly allowPrivateHosts?: readonly string[]
}): Promise<StageBench> {
  const { dir } = options
  const storage = createFolderStorage(path.join(dir, 'store'))
  const egress = await createEgress({ allowPrivateHosts: options.allowPrivateHosts ?? [], trusted: [], log: silentLog })
  const calls: StageBench['calls'] = []
  const progress: Progress[] = []
  const kept = new Map<string, Promise<unknown>>()
  const providers = await findProviders(options.providers ?? [], options.env ?? {}, {
    fetch,
    workDir: dir,
    log: silentLog,
  })

  async function save(source: StorageSource, file: NamedFile): Promise<ArtifactRef> {
    const { kind, mime, name, language, durationMs } = file
    return {
      ...(await storage.put(source)),
      id: newId('art'),
      kind,
      mime,
      name,
      ...(language !== undefined && { language }),
      ...(durationMs !== undefined && { durationMs }),
    }
  }

  async function context(signal = new AbortController().signal): Promise<StageContext> {
    const workDir = path.join(dir, newId('work'))
    await mkdir(workDir)
    return {
      scope: { workspaceId: 'wks_bench', nicheId: 'nch_bench' },
      projectId: 'prj_bench',
      stepId: newId('stp'),
      workDir,
      signal,
      log: silentLog,
      egress,
      artifacts: {
        path: (ref) => storage.localPath(ref.sha256),
        save: ({ path: file, ...rest }) => save({ path: file, move: true }, rest),
        saveText: ({ text, ...rest }) => save(Buffer.from(text), rest),
        readJson: async (ref, schema) =>
          schema.parse(JSON.parse(await readFile(await storage.localPath(ref.sha256), 'utf8'))),
      },
      ...providerUse(providers, calls),
      async cached<T>(
        key: readonly unknown[],
        _ttlMs: number,
        schema: z.ZodType<T>,
        make: () => Promise<T>,
      ): Promise<T> {
        const name = JSON.stringify(key)
        const made = kept.get(name) ?? make()
        kept.set(name, made)
        made.catch(() => kept.delete(name))
        return schema.parse(await made)
      },
      progress: (value) => void progress.push(value),
    }
  }

  return {
    context,
    calls,
    progress,
    async run(stage, input) {
      const { contract } = stage
      return contract.output.parse(await stage.run(contract.input.parse(input), await context()))
    },
    async upload(file, kind = 'upload') {
      await stat(file)
      return save({ path: file }, { kind, mime: 'application/octet-stream', name: path.basename(file) })
    },
    path: (ref) => storage.localPath(ref.sha256),
    text: async (ref) => readFile(await storage.localPath(ref.sha256), 'utf8'),
    close: () => egress.close(),
  }
}

interface FoundProvider {
  readonly provider: Provider
  readonly env: Record<string, unknown>
  readonly found: Discovery
  readonly client: Promise<Capabilities[Capability]>
}

type ClientContext = Parameters<Provider['create']>[1]

async function findProviders(
  providers: readonly Provider[],
  source: Readonly<Record<string, string>>,
  context: ClientContext,
): Promise<FoundProvider[]> {
  const found: FoundProvider[] = []
  for (const provider of providers.toSorted((a, b) => b.rank.quality - a.rank.quality)) {
    const env = provider.env.safeParse(source)
    if (!env.success) continue
    const discovery = (await provider.discover?.(env.data, context, AbortSignal.timeout(20_000))) ?? {}
    if (discovery.reason === undefined) {
      found.push({
        provider,
        env: env.data,
        found: discovery,
        client: Promise.resolve(provider.create(env.data, context, discovery)),
      })
    }
  }
  return found
}

function providerUse(
  all: readonly FoundProvider[],
  calls: StageBench['calls'],
): Pick<StageContext, 'use' | 'has' | 'candidates'> {
  function able(capability: Capability, choice: ProviderChoice, need: ProviderNeed): FoundProvider[] {
    return all.filter(
      ({ provider, env, found }) =>
        provider.capability === capability &&
        (choice.provider === undefined || choice.provider === provider.id) &&
        provider.supports(need, env, found),
    )
  }
  return {
    has: async (capability, need) => able(capability, {}, need).length > 0,
    candidates: async (capability, choice, need) => able(capability, choice, need).map(({ provider }) => provider.id),
    async use(capability, choice, need, call) {
      const nobody = {
        text: 'NO_TRANSLATOR',
        translation: 'NO_TRANSLATOR',
        speech: 'NO_VOICE',
        transcription: 'NO_TRANSCRIBER',
      } as const
      let failure = new AppError(nobody[capability], `nobody can do ${capability}`)
      for (const { provider, client } of able(capability, choice, need)) {
        const { id, draft, local } = provider
        try {
          const value = await call((await client) as Capabilities[typeof capability], { id, draft, local })
          calls.push({ provider: id, capability, ok: true })
          return { value, provider: id, model: value.usage.model, draft }
        } catch (error) {
          failure = toAppError(error)
          calls.push({ provider: id, capability, ok: false })
        }
      }
      throw failure
    },
  }
}
