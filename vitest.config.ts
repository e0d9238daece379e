import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Ends what hangs, and measures nothing: with ten times the work on a machine, a test of five applies takes a minute.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    // Tests commit in folders of their own: whoever runs them may sign commits, or have hooks for every repository.
    env: {
      GIT_CONFIG_COUNT: "2",
      GIT_CONFIG_KEY_0: "commit.gpgSign",
      GIT_CONFIG_VALUE_0: "false",
      GIT_CONFIG_KEY_1: "core.hooksPath",
      GIT_CONFIG_VALUE_1: "/dev/null",
    },
    reporters: ["default", "./tests/summary-reporter.ts"],
  },
});
