import { expect, test } from "vitest";
import { unreachableProviders } from "../../../src/terraform/unreachable-providers.ts";

const HELD = {
  source: "registry.terraform.io/hashicorp/aws",
  version: "5.100.0",
  layout: "unpacked",
} as const;
const mirrors = [{ providers: [HELD] }];

test("what a mirror holds is never asked for; a registry that does not answer is named", async () => {
  const absent = "registry.invalid/hashicorp/random";
  const sources = [HELD.source, absent];
  expect(await unreachableProviders({ sources, mirrors, environment: {} })).toEqual([absent]);
});

test("behind a proxy Terraform itself will say", async () => {
  const environment = { HTTPS_PROXY: "http://127.0.0.1:9" };
  expect(await unreachableProviders({ sources: ["registry.invalid/a/b"], mirrors, environment })).toEqual([]);
});
