import { defineConfig } from "vitest/config";

/** Stores and state backends against Azurite and fake-gcs-server, which it installs: `npm run test:backends`. */
export default defineConfig({
  test: {
    include: ["tests/backends/**/*.slow.ts"],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
    reporters: ["verbose", "./tests/summary-reporter.ts"],
  },
});
