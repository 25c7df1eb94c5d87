import htm from 'htm'
import { h } from 'preact'

/** Templates that make Preact nodes: text is always escaped. */
export const html = htm.bind(h)
