import { defineConfig } from "vitest/config";

/** The modules' own `terraform test`, and `terraform validate` of every stack of D2b: `npm run test:modules`. */
export default defineConfig({
  test: {
    include: ["tests/terraform/**/*.slow.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    reporters: ["verbose", "./tests/summary-reporter.ts"],
  },
});
