import { defineConfig } from "vitest/config";

/** The workflow of `platc ci github`, linted and run: `npm run test:ci`. */
export default defineConfig({
  test: {
    include: ["tests/ci/**/*.slow.ts"],
    testTimeout: 600_000,
    hookTimeout: 1_200_000,
    maxWorkers: 1,
    reporters: ["default", "./tests/summary-reporter.ts"],
  },
});
