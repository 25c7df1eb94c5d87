/** Productions that people do not count as projects: they are found where they were asked for. */
export const HIDDEN_KINDS: string[] = ['voice-sample']
