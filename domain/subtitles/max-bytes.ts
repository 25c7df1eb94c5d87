/** The largest subtitle file that is read, bytes: a day of speech is under 3 MB. */
export const MAX_SUBTITLE_BYTES = 10_000_000
