import { defineConfig } from "vitest/config";

/** Real Great Expectations and dbt, about 530 MB on the first run: `npm run test:quality`. */
export default defineConfig({
  test: {
    include: ["tests/quality/**/*.slow.ts"],
    testTimeout: 600_000,
    hookTimeout: 1_200_000,
    reporters: ["verbose", "./tests/summary-reporter.ts"],
  },
});
