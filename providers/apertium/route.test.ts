import { describe, expect, it } from 'vitest'
import { findRoute, reachablePairs } from './route.ts'
import { parseDirections } from './schema.ts'

const installed = parseDirections(
  '  eng-spa\n  es-pt\n  es-pt_BR\n  pt-es\n  spa-eng\n  spa-eng_US\n  oc-ca\n\nnonsense here\n',
)
const modes = (from: string, to: string) => findRoute(installed, from, to)?.map(({ mode }) => mode)

describe('routes of apertium', () => {
  it('reads modes with two and three letters alike', () => {
    expect(installed[0]).toEqual({ mode: 'eng-spa', from: 'en', to: 'es', variant: '' })
    expect(installed[2]).toEqual({ mode: 'es-pt_BR', from: 'es', to: 'pt', variant: 'BR' })
    expect(installed).toHaveLength(7)
  })

  it('goes straight where it can, and by another language where it must', () => {
    expect(modes('en', 'es')).toEqual(['eng-spa'])
    expect(modes('en-US', 'pt-BR')).toEqual(['eng-spa', 'es-pt_BR'])
    expect(modes('pt', 'en')).toEqual(['pt-es', 'spa-eng'])
  })

  it('takes the variant that was asked for, else the plain one', () => {
    expect(modes('es', 'pt-BR')).toEqual(['es-pt_BR'])
    expect(modes('es', 'pt-PT')).toEqual(['es-pt'])
    expect(modes('es', 'en-US')).toEqual(['spa-eng_US'])
    expect(modes('es', 'en-GB')).toEqual(['spa-eng'])
  })

  it('knows where there is no way', () => {
    expect(modes('en', 'ca')).toBeUndefined()
    expect(modes('en', 'en')).toBeUndefined()
    expect(modes('xx', 'es')).toBeUndefined()
  })

  it('stops at three steps', () => {
    const chain = parseDirections('aa-bb\nbb-cc\ncc-dd\ndd-ee')
    expect(findRoute(chain, 'aa', 'dd')).toHaveLength(3)
    expect(findRoute(chain, 'aa', 'ee')).toBeUndefined()
    expect(reachablePairs(chain)).toContainEqual({ from: 'aa', to: 'dd' })
  })
})
