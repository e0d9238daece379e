import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Ends what hangs, and measures nothing: with ten times the work on a machine, a test of five applies takes a minute.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    reporters: ["default", "./tests/summary-reporter.ts"],
  },
});
