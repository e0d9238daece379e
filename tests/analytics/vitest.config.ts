import { defineConfig } from "vitest/config";

/** The programs of the analytics platform without Docker, about 1.5 GB on the first run: `npm run test:analytics`. */
export default defineConfig({
  test: {
    include: ["tests/analytics/**/*.slow.ts"],
    testTimeout: 2_400_000,
    hookTimeout: 2_400_000,
    reporters: ["verbose", "./tests/summary-reporter.ts"],
  },
});
