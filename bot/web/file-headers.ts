const RASTER = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'])

/** Whether a page may show it: audio, video, raster pictures and WebVTT. All else is a download. */
export function isShown(mime: string): boolean {
  return /^(?:audio|video)\/[\w.+-]+$/.test(mime) || RASTER.has(mime) || mime === 'text/vtt'
}

/** A Content-Disposition whose file name survives every browser (RFC 6266): a plain one, and the true one in UTF-8. */
export function dispositionOf(kind: 'inline' | 'attachment', name: string): string {
  const clean = name.replace(/[\u0000-\u001f\u007f/\\]/gu, '_').slice(0, 200)
  const plain = clean.replace(/[^\x20-\x7e]|["%]/gu, '_')
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
