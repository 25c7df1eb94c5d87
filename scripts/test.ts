import { runTests } from './check/run-tests.ts'
import { staticChecks } from './check/static-checks.ts'
import { addUp, type Tally } from './check/tally.ts'
import { untilStopped } from './check/until-stopped.ts'

// `npm test`: everything. First the check, then the contracts against real services, then the studio as people meet it.

const signal = untilStopped()
const tallies: Tally[] = [await staticChecks(signal)]
for (const group of [['--exclude', 'test/**'], ['test/contracts'], ['test/e2e']])
  tallies.push(await runTests(group, signal))
const { passed, failed } = addUp(tallies)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
