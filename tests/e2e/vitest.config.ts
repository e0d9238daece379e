import { defineConfig } from "vitest/config";

/** Whole platforms on the emulator, with the real aws provider; minutes each: `npm run test:emulator`. */
export default defineConfig({
  test: {
    include: ["tests/e2e/**/*.slow.ts"],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    reporters: ["verbose", "./tests/summary-reporter.ts"],
  },
});
