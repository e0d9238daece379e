import { expect, test } from "vitest";
import type { ManifestEntry } from "../../../src/emit/manifest.ts";
import { compileText } from "../compile-text.ts";

async function entryWith(terraform: string): Promise<ManifestEntry> {
  const { manifest } = await compileText(`${terraform}
environments: { dev: {} }
stacks: { raw: { outputs: { id: { value: 1 } } } }
`);
  return manifest[0]!;
}

test("OpenTofu is another proof and another plan than Terraform, which is what a spec without a command means", async () => {
  const [none, terraform, tofu] = await Promise.all(
    ["", "terraform: { command: terraform }", "terraform: { command: tofu }"].map(entryWith),
  );
  expect(terraform).toEqual(none);
  expect(tofu?.parts).toEqual({ ...none?.parts, command: "tofu" });
  expect(tofu?.digest).not.toBe(none?.digest);
  expect(tofu?.release).not.toBe(none?.release);
});
