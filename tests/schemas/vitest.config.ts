import { defineConfig } from "vitest/config";

/** Suites that download packages of 34 MB: `npm run test:schemas`. */
export default defineConfig({
  test: {
    include: ["tests/schemas/**/*.slow.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: ["default", "./tests/summary-reporter.ts"],
  },
});
