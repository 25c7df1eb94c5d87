import path from 'node:path'
import { DEMO_STORY } from './demo-story.ts'

/** The picture's size, and how long it takes until every layer is where it began: the film is a loop of it. */
export const SCENE = { width: 1280, height: 720, fps: 25, loopS: 12 } as const

/** One moving layer: its picture and where it is over time (ffmpeg expressions of `t`). */
export interface SceneLayer {
  readonly path: string
  readonly x: string
  readonly y: string
}

/** Draws a sunset by the sea as layers from back to front. The first fills the picture. */
export async function drawScene(workDir: string): Promise<SceneLayer[]> {
  // sharp is large: loaded when it is needed
  const { default: sharp } = await import('sharp')
  const layers = [
    { name: 'sky', svg: sky(), x: '0', y: '0' },
    { name: 'sun', svg: sun(), x: '780', y: `120+${swing(10, 1, 0)}` },
    { name: 'clouds', svg: clouds(), x: `-60+${swing(40, 1, 0)}`, y: '70' },
    { name: 'far', svg: wave('#31559b', 18, 320), x: scroll(320), y: `456+${swing(6, 2, 0)}` },
    { name: 'cliff', svg: cliff(), x: '0', y: '330' },
    { name: 'middle', svg: wave('#22427f', 38, 640), x: `-640-(${scroll(640)})`, y: `508+${swing(8, 2, 1)}` },
    { name: 'near', svg: wave('#132a58', 46, 640), x: scroll(640), y: `566+${swing(10, 3, 2)}` },
    { name: 'title', svg: title(), x: '0', y: '0' },
  ]
  return Promise.all(
    layers.map(async ({ name, svg, x, y }) => {
      const file = path.join(workDir, `scene-${name}.png`)
      await sharp(Buffer.from(svg)).png().toFile(file)
      return { path: file, x, y }
    }),
  )
}

/** To and fro by `pixels`, some times a loop. */
function swing(pixels: number, times: number, phase: number): string {
  return `${pixels}*sin(2*PI*t*${times}/${SCENE.loopS}+${phase})`
}

/** To the left by one wave a loop: the seam is never seen. */
function scroll(length: number): string {
  return `-mod(t*${length}/${SCENE.loopS},${length})`
}

function svg(width: number, height: number, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`
}

function sky(): string {
  const stops = [
    ['0', '#27305f'],
    ['0.35', '#7a4b8c'],
    ['0.6', '#e2776f'],
    ['0.72', '#f7b267'],
  ]
  const gradient = stops.map(([offset, colour]) => `<stop offset="${offset}" stop-color="${colour}"/>`).join('')
  const fill = `<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1">${gradient}</linearGradient></defs>`
  return svg(SCENE.width, SCENE.height, `${fill}<rect width="100%" height="100%" fill="url(#s)"/>`)
}

function sun(): string {
  const glow =
    '<radialGradient id="g"><stop offset="0.28" stop-color="#ffe9b0"/><stop offset="0.3" stop-color="#ffd98a" stop-opacity="0.55"/><stop offset="1" stop-color="#ffb36b" stop-opacity="0"/></radialGradient>'
  return svg(400, 400, `<defs>${glow}</defs><circle cx="200" cy="200" r="200" fill="url(#g)"/>`)
}

function clouds(): string {
  const puffs = [
    [620, 110, 150, 18],
    [700, 92, 90, 14],
    [1120, 40, 130, 15],
    [1210, 58, 100, 13],
  ]
  const shapes = puffs.map(([x, y, rx, ry]) => `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}"/>`).join('')
  return svg(1400, 150, `<g fill="#ffe3d0" fill-opacity="0.42">${shapes}</g>`)
}

function wave(colour: string, height: number, length: number): string {
  const half = length / 2
  const wide = SCENE.width + length
  const humps = Array.from(
    { length: Math.ceil(wide / half) },
    (_, index) => `q ${half / 2} ${index % 2 === 0 ? -height : height} ${half} 0`,
  ).join(' ')
  return svg(wide, 300, `<path d="M 0 60 ${humps} V 300 H 0 Z" fill="${colour}"/>`)
}

/** A cliff with a lighthouse and the studio, its windows lit. */
function cliff(): string {
  const windows = [0, 1, 2]
    .map((index) => `<rect x="${196 + index * 26}" y="118" width="14" height="18" rx="2" fill="#ffd98a"/>`)
    .join('')
  const house = `<path d="M 180 104 L 232 78 L 284 104 Z" fill="#20254a"/><rect x="184" y="104" width="96" height="52" fill="#2b3160"/>${windows}`
  const tower =
    '<path d="M 92 152 L 100 20 H 124 L 132 152 Z" fill="#f4ead9"/><path d="M 96 92 H 128 L 130 120 H 94 Z" fill="#d1495b"/><path d="M 98 46 H 126 L 127 68 H 97 Z" fill="#d1495b"/><rect x="98" y="2" width="28" height="20" fill="#ffe9b0"/><path d="M 94 4 L 112 -8 L 130 4 Z" fill="#20254a"/>'
  return svg(
    420,
    300,
    `<g transform="translate(0 14)">${tower}${house}<path d="M 0 150 C 120 146 260 148 320 158 C 380 176 404 250 420 300 H 0 Z" fill="#1b2147"/></g>`,
  )
}

function title(): string {
  const words = `<text x="70" y="120" font-family="DejaVu Sans, sans-serif" font-size="58" font-weight="bold" fill="#fff6e8">${DEMO_STORY.title}</text>`
  return svg(SCENE.width, SCENE.height, `${words}<rect x="72" y="142" width="120" height="5" rx="2.5" fill="#ffd98a"/>`)
}
