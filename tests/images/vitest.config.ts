import { defineConfig } from "vitest/config";

/** Suites that install a linter of 56 MB: `npm run test:images`. */
export default defineConfig({
  test: {
    include: ["tests/images/**/*.slow.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ["default", "./tests/summary-reporter.ts"],
  },
});
