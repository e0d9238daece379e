import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configurationFiles } from "../../src/modules/configuration-files.ts";
import { childEnvironment } from "../../src/terraform/child-environment.ts";
import type { Flavour } from "../../src/text/flavour.ts";
import { LACKS_TOFU } from "./has-tofu.ts";
import { TERRAFORM } from "./terraform-name.ts";

const FILES = [
  ".a.tf",
  "b.tf",
  "b.tofu",
  "c.tf.json",
  "c.tofu.json",
  "d.tf",
  "d.tofu.json",
  "e.tf.json",
  "e.tofu",
];
const { env } = childEnvironment(process.env, { cliConfig: { kind: "dropped" } });
const OVERRIDES = ["override.tf", "override.tofu", "z_override.tofu.json"];

/** Every file has an output of its own name; override files change the one of `shared.tf`. */
function outputsBy(program: string): {
  readonly outputs: readonly string[];
  readonly names: readonly string[];
} {
  const folder = mkdtempSync(join(tmpdir(), "platc-files-"));
  const write = (file: string, name: string, value: string): void => {
    const hcl = `output "${name}" { value = "${value}" }\n`;
    const json = JSON.stringify({ output: { [name]: { value } } });
    writeFileSync(join(folder, file), file.endsWith(".json") ? json : hcl);
  };
  try {
    write("shared.tf", "shared", "shared.tf");
    for (const file of FILES) write(file, file.replace(/\W/g, "_"), file);
    for (const file of OVERRIDES) write(file, "shared", file);
    execFileSync(program, ["apply", "-auto-approve", "-no-color"], { cwd: folder, env, stdio: "pipe" });
    const text = execFileSync(program, ["output", "-json"], { cwd: folder, env, encoding: "utf8" });
    const outputs = Object.values(JSON.parse(text) as Record<string, { value: string }>).map(
      ({ value }) => value,
    );
    return { outputs: outputs.sort(), names: readdirSync(folder).sort() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the contract of the module would say: the files that are read, and of override files the last one. */
function expected(names: readonly string[], flavour: Flavour): readonly string[] {
  const read = configurationFiles(names, flavour).filter((name) => !name.endsWith("shared.tf"));
  const last = read.filter((name) => OVERRIDES.includes(name)).at(-1);
  return [...read.filter((name) => !OVERRIDES.includes(name)), ...(last === undefined ? [] : [last])].sort();
}

test.skipIf(TERRAFORM !== "terraform")("Terraform takes the files that are read for it", () => {
  const { outputs, names } = outputsBy("terraform");
  expect(outputs).toEqual(expected(names, "terraform"));
  expect(outputs).toContain("override.tf");
});

test.skipIf(LACKS_TOFU !== "")(`OpenTofu takes the files that are read for it${LACKS_TOFU}`, () => {
  const { outputs, names } = outputsBy("tofu");
  expect(outputs).toEqual(expected(names, "opentofu"));
  expect(outputs).toContain("z_override.tofu.json");
});
