import { defineConfig } from "vitest/config";
import { LACKS_TOFU } from "../terraform/has-tofu.ts";

/** What is tested with Terraform elsewhere, and is to be the same with OpenTofu. */
const SAME = [
  "tests/rehearsal/*.test.ts",
  "tests/run/*.test.ts",
  "tests/terraform/*.test.ts",
  "tests/e2e/{ended-by-force,pg-backend}.test.ts",
];

/** Rehearsals, runs and what only the real one can say, by OpenTofu; minutes: `npm run test:opentofu`. */
export default defineConfig({
  test: {
    include: ["tests/opentofu/*.slow.ts", ...(LACKS_TOFU === "" ? SAME : [])],
    // It applies to the emulator, with the aws provider: a mirror of Terraform's registry has none for OpenTofu.
    exclude: ["tests/run/other-target.test.ts"],
    env: LACKS_TOFU === "" ? { PLATC_TERRAFORM: "tofu" } : {},
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    reporters: ["verbose", "./tests/summary-reporter.ts"],
  },
});
