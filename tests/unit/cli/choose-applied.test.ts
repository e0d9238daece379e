import { expect, test } from "vitest";
import { chooseApplied } from "../../../src/cli/choose-applied.ts";
import { platformOf } from "../stacks/platforms.ts";

const platform = await platformOf(`version: 1
platform: p
state: { backend: local }
environments: { dev: {}, prod: {} }
stacks:
  raw: { address: storage/raw, module: test/tiny }
  job: { module: test/tiny }
`);

/** With `dev/storage/old` and all of `stage`, which have left the spec; `prod/job` is not applied. */
const APPLIED = ["dev/job", "dev/storage/old", "dev/storage/raw", "prod/storage/raw", "stage/job"].map(
  (address) => {
    const parts = address.split("/");
    const stack = { name: parts.at(-1) ?? "", environment: parts[0] ?? "" };
    return { address, stack };
  },
);

test.each([
  [[], "dev/job dev/storage/old dev/storage/raw prod/storage/raw stage/job"],
  [["dev"], "dev/job dev/storage/old dev/storage/raw"],
  [["dev,prod"], "dev/job dev/storage/old dev/storage/raw prod/storage/raw"],
  [["stage"], "stage/job"],
  [["env:stage", "dev/job"], "dev/job stage/job"],
  [["dev/storage"], "dev/storage/old dev/storage/raw"],
  [["**/old"], "dev/storage/old"],
  [["old"], "dev/storage/old"],
  [["job"], "dev/job stage/job"],
  [["dev", "!dev/storage"], "dev/job"],
  [["!dev"], "prod/storage/raw stage/job"],
])("%j", (selectors, addresses) => {
  expect([...chooseApplied(platform, selectors, APPLIED)].join(" ")).toBe(addresses);
});

test("a selector that means neither a stack nor what is applied is wrong usage", () => {
  expect(() => chooseApplied(platform, ["dve"], APPLIED)).toThrow(
    expect.objectContaining({
      message: "'dve' is no environment, stack, customer, app or stage",
      hint: "did you mean 'dev'?",
      exitCode: 64,
    }),
  );
});
