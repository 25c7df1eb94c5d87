import { bareLanguage, type Direction, regionOf } from './schema.ts'

/** three bad translations in a row help nobody */
const MOST_HOPS = 3

/**
 * The shortest chain of installed directions from one language to another, e.g. en → es → pt with the BR variant last;
 * undefined when there is none. Among equal ones the order of the list decides.
 */
export function findRoute(directions: readonly Direction[], from: string, to: string): Direction[] | undefined {
  const start = bareLanguage(from)
  const goal = bareLanguage(to)
  if (start === goal) return undefined
  let paths: Direction[][] = [[]]
  const seen = new Set([start])
  for (let hop = 0; hop < MOST_HOPS; hop++) {
    const longer = paths.flatMap((path) => {
      const at = path.at(-1)?.to ?? start
      const steps = new Set(
        directions
          .filter((direction) => direction.from === at && !seen.has(direction.to))
          .map((direction) => direction.to),
      )
      return [...steps].map((step) => [...path, best(directions, at, step, step === goal ? regionOf(to) : '')])
    })
    const arrived = longer.find((path) => path.at(-1)?.to === goal)
    if (arrived) return arrived
    for (const path of longer) seen.add(path.at(-1)?.to ?? '')
    paths = longer
  }
  return undefined
}

// the wanted variant, else the plain one, else any
function best(directions: readonly Direction[], from: string, to: string, region: string): Direction {
  const between = directions.filter((direction) => direction.from === from && direction.to === to)
  const chosen =
    between.find(({ variant }) => variant === region) ?? between.find(({ variant }) => variant === '') ?? between[0]
  if (!chosen) throw new RangeError('a route steps only where there is a direction')
  return chosen
}

/** Every pair that some chain reaches: what the catalogue shows. */
export function reachablePairs(directions: readonly Direction[]): { from: string; to: string }[] {
  const sources = [...new Set(directions.map(({ from }) => from))]
  const targets = [...new Set(directions.map(({ to, variant }) => (variant ? `${to}-${variant}` : to)))]
  return sources.flatMap((from) =>
    targets.filter((to) => findRoute(directions, from, to) !== undefined).map((to) => ({ from, to })),
  )
}
