import { runTests } from './check/run-tests.ts'
import { staticChecks } from './check/static-checks.ts'
import { addUp } from './check/tally.ts'
import { TEST_GROUPS } from './check/test-groups.ts'
import { untilStopped } from './check/until-stopped.ts'

// `npm run check`: what every change must pass, in less than a minute: format, lint, types, layers, dead code, unit tests.

const signal = untilStopped()
const { passed, failed } = addUp([await staticChecks(signal), await runTests(TEST_GROUPS.unit, signal)])
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
