import type { z } from 'zod'
import type { Logger } from '#core/log.ts'

/** One voice of a speech provider. `languages`: BCP 47 tags or bare languages that it speaks. */
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
    segments: readonly { startMs: number; endMs: number; text: string; confidence?: number; words?: readonly TimedWord[] }[]
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

/** Text to a sound file. Writes WAV, MP3 or FLAC to `outPath`. */
export interface SpeechCapability {
  /** voices known now; may ask the service */
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
}

/** What of a request decides whether a provider can do it at all. */
export interface ProviderNeed {
  readonly from?: string
  readonly to?: string
  readonly language?: string
  readonly captions?: boolean
}

export interface Provider<K extends Capability = Capability, E extends z.ZodObject = z.ZodObject> {
  readonly id: string
  readonly capability: K
  /** environment or workspace keys that it reads; parse failure = not available, and the reason */
  readonly env: E
  /** names in `env` that are secrets: offered in `/settings keys` */
  readonly secrets: readonly string[]
  /** command-line tools that it needs */
  readonly needs: readonly string[]
  /** 0–100, higher is better */
  readonly rank: { readonly quality: number; readonly speed: number }
  /** US dollars: per 1,000 tokens in/out, per 1,000 characters, per minute; absent = free */
  readonly cost?: { readonly tokensIn?: number; readonly tokensOut?: number; readonly characters?: number; readonly minutes?: number }
  readonly limits: { readonly concurrency: number; readonly timeoutMs: number }
  readonly local: boolean
  /** draft quality: labelled as such everywhere */
  readonly draft: boolean
  supports(need: ProviderNeed, env: z.output<E>): boolean
  create(env: z.output<E>, context: ProviderContext): Capabilities[K] | Promise<Capabilities[K]>
}

/** Declares a provider; the registry in providers/index.ts lists it. Vendor SDKs are imported inside `create`, so that they load when first used. */
export function defineProvider<K extends Capability, E extends z.ZodObject>(provider: Provider<K, E>): Provider<K, E> {
  return provider
}
