import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one plain line: 'N passed, N failed, N skipped'. A file that cannot be loaded counts as failed. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) counts[test.result().state] += 1;
      if (module.errors().length > 0) counts.failed += 1;
    }
    const line = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped + counts.pending} skipped`;
    setImmediate(() => process.stdout.write(`\n${line}\n`));
  }
}
