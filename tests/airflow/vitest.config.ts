import { defineConfig } from "vitest/config";

/** Real Airflow of two majors, about 600 MB on the first run: `npm run test:airflow`. */
export default defineConfig({
  test: {
    include: ["tests/airflow/**/*.slow.ts"],
    testTimeout: 600_000,
    hookTimeout: 1_200_000,
    reporters: ["verbose", "./tests/summary-reporter.ts"],
  },
});
