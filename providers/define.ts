import type { z } from 'zod'
import type { Logger } from '#core/log.ts'

/** One voice of a speech provider. `languages`: BCP 47 tags or bare languages that it speaks, best first. */
export interface Voice {
  readonly id: string
  readonly name: string
  readonly languages: readonly string[]
  readonly gender?: 'female' | 'male'
}

export interface TimedWord {
  readonly startMs: number
  readonly endMs: number
  readonly text: string
}

export interface Usage {
  readonly model?: string
  readonly tokensIn?: number
  readonly tokensOut?: number
  readonly characters?: number
  readonly seconds?: number
}

/** Structured text from a language model. The answer is parsed by `schema`; a refusal is PROVIDER_REFUSED, nonsense PROVIDER_OUTPUT. */
export interface TextCapability {
  complete<T>(request: {
    readonly system: string
    readonly user: string
    readonly schema: z.ZodType<T>
    readonly schemaName: string
    readonly signal: AbortSignal
  }): Promise<{ value: T; usage: Usage }>
}

/** Speech to timed text. `path`: 16 kHz mono WAV. Times in ms. */
export interface TranscriptionCapability {
  transcribe(request: {
    readonly path: string
    readonly durationMs: number
    /** BCP 47; undefined: the provider finds out, where it can */
    readonly language?: string
    /** captions of the source itself, for the `captions` provider */
    readonly captions?: { readonly path: string; readonly language: string }
    readonly signal: AbortSignal
    onProgress(ratio: number): void
  }): Promise<{
    language: string
    segments: readonly {
      startMs: number
      endMs: number
      text: string
      confidence?: number
      words?: readonly TimedWord[]
    }[]
    usage: Usage
  }>
}

/** Machine translation line by line (LLMs translate through `text`). A line that fails is null. */
export interface TranslationCapability {
  translate(request: {
    readonly lines: readonly string[]
    readonly from: string
    readonly to: string
    readonly signal: AbortSignal
  }): Promise<{ lines: readonly (string | null)[]; usage: Usage }>
}

/** Text to a sound file. Writes WAV or MP3 to `outPath`, complete and decodable, whatever the name's ending. */
export interface SpeechCapability {
  /** voices known now, the preferred ones of a language first; may ask the service */
  voices(signal: AbortSignal): Promise<readonly Voice[]>
  speak(request: {
    readonly text: string
    readonly voice: string
    readonly language: string
    readonly outPath: string
    readonly signal: AbortSignal
  }): Promise<{ words?: readonly TimedWord[]; usage: Usage }>
}

export interface Capabilities {
  text: TextCapability
  transcription: TranscriptionCapability
  translation: TranslationCapability
  speech: SpeechCapability
}
export type Capability = keyof Capabilities

/** What a client may use: guarded fetch, a folder for scratch files, the logger. Local tools start through core/run. */
export interface ProviderContext {
  readonly fetch: typeof fetch
  readonly workDir: string
  readonly log: Logger
  /** overrides `limits.timeoutMs`, e.g. where every timing is scaled */
  readonly timeoutMs?: number
}

/** What of a request decides whether a provider can do it at all. */
export interface ProviderNeed {
  readonly from?: string
  readonly to?: string
  readonly language?: string
  readonly captions?: boolean
}

/** US dollars: per 1,000 tokens in and out, per 1,000 characters, per minute of sound. */
export interface Cost {
  readonly tokensIn?: number
  readonly tokensOut?: number
  readonly characters?: number
  readonly minutes?: number
}

/** What a look around found: what is installed, what the service offers, or why it cannot be used now. */
export interface Discovery {
  /** words key under `providers.reason.`: it cannot be used, and why */
  readonly reason?: string
  /** tools or variables that the reason speaks of */
  readonly missing?: readonly string[]
  /** bare languages or BCP 47 tags; absent: any */
  readonly languages?: readonly string[]
  readonly pairs?: readonly { readonly from: string; readonly to: string }[]
  readonly voices?: readonly Voice[]
  /** the model that will be used, and all that there are */
  readonly model?: string
  readonly models?: readonly string[]
}

export interface Provider<K extends Capability = Capability, E extends z.ZodObject = z.ZodObject> {
  readonly id: string
  readonly capability: K
  /** environment or workspace keys that it reads; parse failure = not available, and the reason */
  readonly env: E
  /** names in `env` that are secrets: offered in `/settings keys` */
  readonly secrets: readonly string[]
  /** other names in `env` that a workspace may set for itself */
  readonly settable?: readonly string[]
  /** the name in `env` of its address: a workspace that sets its own never sends it the installation's secrets */
  readonly address?: string
  /** command-line tools that it needs */
  readonly needs: readonly string[]
  /** 0–100, higher is better */
  readonly rank: { readonly quality: number; readonly speed: number }
  /** list price of its default model; absent = free */
  readonly cost?: Cost
  /** list prices by the beginning of a model's name; the longest that fits wins over `cost` */
  readonly costs?: Readonly<Record<string, Cost>>
  readonly limits: { readonly concurrency: number; readonly timeoutMs: number }
  readonly local: boolean
  /** draft quality: labelled as such everywhere */
  readonly draft: boolean
  /** nothing is paid with this environment (one's own server) */
  free?(env: z.output<E>): boolean
  /** Looks at what is installed or reachable; kept for minutes. Throws only what stops the look itself. */
  discover?(env: z.output<E>, context: ProviderContext, signal: AbortSignal): Promise<Discovery>
  supports(need: ProviderNeed, env: z.output<E>, found: Discovery): boolean
  /** the model that a call would use: part of reuse keys */
  model?(env: z.output<E>, found: Discovery): string | undefined
  create(env: z.output<E>, context: ProviderContext, found: Discovery): Capabilities[K] | Promise<Capabilities[K]>
}

/** Declares a provider; the registry in providers/index.ts lists it. Vendor SDKs are imported inside `create`, so that they load when first used. */
export function defineProvider<K extends Capability, E extends z.ZodObject>(provider: Provider<K, E>): Provider<K, E> {
  return provider
}
