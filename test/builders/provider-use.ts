import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { seal } from '#core/crypto/seal.ts'
import { createEgress, type Egress } from '#core/egress/egress.ts'
import { silentLog } from '#core/log.ts'
import { secretAad } from '#domain/secret-aad.ts'
import type { Database } from '#prisma/client.ts'
import { trustedHosts } from '#providers/trusted-hosts.ts'
import { startElevenlabsFake } from '#test/fakes/elevenlabs.ts'
import { startOpenaiFake } from '#test/fakes/openai.ts'
import type { Fake } from '#test/fakes/wire.ts'
import { createProviderUse, type ProviderUse, type StepUse } from '#workers/runtime/providers.ts'
import type { ProviderChoice } from '#workers/stages/define.ts'
import { buildTenant, type Tenant } from './tenant.ts'

const SECRET_KEY = Buffer.alloc(32, 7)

/** Providers in use as a worker has them, for one fresh tenant, with OpenAI and ElevenLabs on loopback. */
export interface UseBench {
  readonly tenant: Tenant
  readonly openai: Fake
  readonly elevenlabs: Fake
  /** the installation's variables: both services with the house's keys, no Ollama */
  readonly env: Readonly<Record<string, string>>
  readonly dir: string
  readonly use: ProviderUse
  /** another worker: with other variables, or one that may reach other addresses */
  start(variables: Readonly<Record<string, string>>, egress?: Egress): ProviderUse
  step(options?: { signal?: AbortSignal; use?: ProviderUse; tenant?: Tenant }): StepUse
  keepSecrets(values: Readonly<Record<string, string>>): Promise<void>
  close(): Promise<void>
}

export async function useBench(database: Database): Promise<UseBench> {
  const openai = await startOpenaiFake({ key: 'sk-house', answer: () => ({ ok: true }) })
  const elevenlabs = await startElevenlabsFake({ key: 'xi-house' })
  const env = {
    OPENAI_API_KEY: 'sk-house',
    OPENAI_BASE_URL: `${openai.url}/v1`,
    ELEVENLABS_API_KEY: 'xi-house',
    ELEVENLABS_BASE_URL: elevenlabs.url,
    OLLAMA_HOST: '127.0.0.1:9',
  }
  const people = await createEgress({ allowPrivateHosts: [], trusted: [], log: silentLog })
  const services = await createEgress({ allowPrivateHosts: [], trusted: trustedHosts(env), log: silentLog })
  const tenant = await buildTenant(database)
  const dir = await mkdtemp(path.join(tmpdir(), 'dailies-use-'))
  const start: UseBench['start'] = (variables, egress = people) =>
    createProviderUse({ database, secretKey: SECRET_KEY, env: variables, egress, services, log: silentLog })
  const use = start(env)
  return {
    tenant,
    openai,
    elevenlabs,
    env,
    dir,
    use,
    start,
    step: ({ signal = new AbortController().signal, use: other = use, tenant: of = tenant } = {}) =>
      other.forStep({ scope: of.scope, projectId: 'prj_1', stepId: 'stp_1', workDir: dir, signal }),
    async keepSecrets(values) {
      const { workspaceId } = tenant.scope
      for (const [name, value] of Object.entries(values)) {
        const ciphertext = seal(SECRET_KEY, value, secretAad(workspaceId, name))
        await tenant.db.secret.create({ data: { workspaceId, name, ciphertext } })
      }
      await use.refresh(workspaceId)
    },
    async close() {
      await Promise.all([openai.close(), elevenlabs.close(), people.close(), services.close()])
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** What the steps of these tests say. */
export const SAID = 'Bom dia.'

/** Speaks Portuguese by whoever does it. */
export function speakBy(step: StepUse, dir: string, options: { choice?: ProviderChoice; signal?: AbortSignal } = {}) {
  const signal = options.signal ?? new AbortController().signal
  return step.use('speech', options.choice ?? {}, { language: 'pt-BR' }, async (client) => {
    const voices = await client.voices(signal)
    const voice = voices.find(({ languages }) => languages.some((tag) => tag.startsWith('pt')))?.id ?? ''
    return client.speak({ text: SAID, voice, language: 'pt-BR', outPath: path.join(dir, 'said'), signal })
  })
}

/** Has `{ ok: true }` written by whoever does it. */
export function writeBy(step: StepUse, signal = new AbortController().signal) {
  const schema = z.object({ ok: z.boolean() })
  return step.use('text', {}, {}, (client) =>
    client.complete({ system: 'JSON', user: 'x', schema, schemaName: 'ok', signal }),
  )
}
