// Dots on the terminal, details of what failed, and the counts as JSON in the file named by MOCHA_REPORT.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class extends reporters.Dot {
  done(failures, finish) {
    const { passes, failures: failed, pending } = this.stats;
    if (process.env.MOCHA_REPORT)
      writeFileSync(process.env.MOCHA_REPORT, JSON.stringify({ passed: passes, failed, skipped: pending }));
    finish(failures);
  }
};
