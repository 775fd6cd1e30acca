const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

const GRACE_MS = 10_000;

/** mocha's spec reporter, which also leaves the counts for the test command in the file CUNMA_TEST_REPORT. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failures = [];
    const skipped = [];
    runner.on('fail', (test, error) => {
      failures.push({ title: test.fullTitle(), message: String(error?.message ?? error) });
    });
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.once('end', () => {
      const report = { passed: runner.stats.passes, failures, skipped };
      writeFileSync(process.env.CUNMA_TEST_REPORT, JSON.stringify(report));
      setTimeout(failForWhatIsOpen, GRACE_MS).unref();
    });
  }
};

/** A process that lives on after its last test has left a server, a connection or a timer open. */
function failForWhatIsOpen() {
  console.error(
    `the tests ended, but something is left open: ${process.getActiveResourcesInfo().join(', ')}`,
  );
  // mocha sets its own exit code when the process exits: this comes after it.
  process.on('exit', () => {
    process.exitCode = 1;
  });
  process.exit();
}
