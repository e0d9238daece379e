import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { compile } from "../../src/compile.ts";
import { renderDiagnostics } from "../../src/diagnostics/render.ts";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import { memorySources } from "../../src/source/memory-sources.ts";
import { TERRAFORM } from "./terraform-name.ts";

const MODULE = 'variable "value" {\n  type = any\n}\n\noutput "value" {\n  value = var.value\n}\n';
const COUNT = 400;

/** Pieces that a template language could take for its own, beside any text at all. */
const pieces = fc.oneof(
  fc.constantFrom(
    "${",
    "%{",
    "$${",
    "%%{",
    "$",
    "$$",
    "%",
    "%%",
    "{",
    "}",
    '"',
    "'",
    "\\",
    "\\n",
    "\n",
    "\r\n",
    "\t",
  ),
  fc.constantFrom(
    "${path.module}",
    "%{ if true }",
    "<<EOT",
    "~}",
    "//",
    "#",
    "\u2028",
    "\u0000",
    "\ufeff",
    "é",
    "e\u0301",
    "\ud800",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const texts = fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join(""));

/** As Terraform holds text: composed, and without halves of characters. */
const held = (text: string): string => text.normalize("NFC").replace(/\p{Surrogate}/gu, "\ufffd");
/** As a person writes text that a spec is to take as it is: where it holds `{{`, which begins a template, it is marked `!raw`. */
const isPlain = (text: string): boolean => !text.includes("{{") && !text.startsWith("\ufeff");

let folder: string;
let outputs: Readonly<Record<string, { readonly value: unknown }>>;
const written = fc.sample(texts, { seed: 7, numRuns: COUNT }).filter(isPlain);
const keyed = Object.fromEntries(written.map((text, index) => [`${text}-${index}`, index]));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "platc-literals-"));
  const spec = {
    version: 1,
    platform: "p",
    state: { backend: "local" },
    environments: { dev: null },
    vars: { word: "w" },
    variables: { list: { type: "list(string)", default: written }, word: { default: "w" } },
    stacks: {
      all: {
        modules: {
          input: { module: "plain/any", inputs: { value: written } },
          keys: { module: "plain/any", inputs: { value: keyed } },
          variable: { module: "plain/any", inputs: { value: "{{var.list}}" } },
          known: {
            module: "plain/any",
            inputs: { value: before("{{vars.word}}") },
          },
          reference: {
            module: "plain/any",
            inputs: { value: before("{{var.word}}") },
          },
        },
        resources: { terraform_data: { one: { input: written } } },
        outputs: {
          own: { value: written, description: written.find((text) => text.includes("${")) ?? "${" },
          resource: { value: null },
        },
        extra: { output: { resource: { value: "${terraform_data.one.input}" } } },
      },
    },
  };
  const sources = memorySources({
    "platform.yaml": stringify(spec, { lineWidth: 0 }),
    "modules/plain/any/main.tf": MODULE,
  });
  const { files, diagnostics } = await compile(sources, { spec: "platform.yaml", parseHcl });
  // That a text looks like an expression of Terraform is only warned of.
  expect(renderDiagnostics(diagnostics.filter(({ severity }) => severity === "error"))).toBe("");
  for (const file of [...files, { path: "modules/plain/any/main.tf", content: MODULE }]) {
    mkdirSync(join(folder, dirname(file.path)), { recursive: true });
    writeFileSync(join(folder, file.path), file.content);
  }
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  const terraform = (...args: readonly string[]): string =>
    execFileSync(TERRAFORM, args, {
      cwd: join(folder, "out/p/dev/all"),
      env,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "pipe"],
    });
  terraform("init", "-input=false");
  terraform("apply", "-input=false", "-auto-approve");
  outputs = JSON.parse(terraform("output", "-json")) as typeof outputs;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("text of a module's input arrives as it was typed", () => {
  expect(outputs["input_value"]?.value).toEqual(written.map(held));
});

test("keys of maps arrive as they were typed", () => {
  expect(outputs["keys_value"]?.value).toEqual(
    Object.fromEntries(Object.entries(keyed).map(([key, value]) => [held(key), value])),
  );
});

test("defaults of variables arrive as they were typed", () => {
  expect(outputs["variable_value"]?.value).toEqual(written.map(held));
});

test("outputs and arguments of resources arrive as they were typed", () => {
  expect(outputs["own"]?.value).toEqual(written.map(held));
  expect(outputs["resource"]?.value).toEqual(written.map(held));
});

test("text right before a template arrives as it was typed", () => {
  expect(outputs["known_value"]?.value).toEqual(before("w").map(held));
});

test("text right before a reference arrives as it was typed", () => {
  expect(outputs["reference_value"]?.value).toEqual(before("w").map(held));
});

/** Every text with something after it; a `{` or `\\` right before a template would be part of its own signs. */
function before(after: string): readonly string[] {
  return written.map((text) => text.replace(/[{\\]+$/, "") + after);
}
