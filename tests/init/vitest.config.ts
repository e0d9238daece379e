import { defineConfig } from "vitest/config";

/** Every template rehearsed as its README says: `npm run test:init`. */
export default defineConfig({
  test: {
    include: ["tests/init/**/*.slow.ts"],
    testTimeout: 600_000,
    maxWorkers: 1,
    reporters: ["default", "./tests/summary-reporter.ts"],
  },
});
