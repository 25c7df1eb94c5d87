import { runTests } from './check/run-tests.ts'
import { staticChecks } from './check/static-checks.ts'
import { addUp, type Tally } from './check/tally.ts'
import { TEST_GROUPS } from './check/test-groups.ts'
import { untilStopped } from './check/until-stopped.ts'

// `npm test`: everything. First the check, then real tools, the contracts against real services, and the studio as people meet it.

const signal = untilStopped()
const tallies: Tally[] = [await staticChecks(signal)]
for (const [group, args] of Object.entries(TEST_GROUPS)) {
  console.log(`\n── ${group} ──`)
  tallies.push(await runTests(args, signal))
}
const { passed, failed } = addUp(tallies)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
