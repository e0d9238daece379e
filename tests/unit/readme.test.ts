import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { renderDiagnostics } from "../../src/diagnostics/render.ts";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import { memorySources } from "../../src/source/memory-sources.ts";
import { commandFaults, COMMANDS } from "./command-lines.ts";

const ROOT = join(import.meta.dirname, "../..");
const MODULE_READMES = readdirSync(join(ROOT, "modules"), { recursive: true, encoding: "utf8" })
  .filter((path) => /^[^/\\]+[/\\][^/\\]+[/\\]README\.md$/.test(path))
  .map((path) => `modules/${path}`)
  .sort();
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "schema/README.md",
  "modules/README.md",
  "src/run/README.md",
  "src/rehearsal/README.md",
  "schema/providers/README.md",
  "src/diagnostics/README.md",
  ...readdirSync(join(ROOT, "specs")).map((name) => `specs/${name}/README.md`),
];

interface Block {
  readonly page: string;
  readonly info: string;
  readonly line: number;
  readonly text: string;
}

const blocks = [...PAGES, ...MODULE_READMES].flatMap(blocksOf);

/** Fenced blocks of a page: what stands after the fence, and the text. */
function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    page,
    info: match[1]!.trim(),
    line: text.slice(0, match.index).split("\n").length,
    text: match[2]!,
  }));
}

test.each(PAGES)("every command that %s shows is one", (page) => {
  expect(commandFaults(readFileSync(join(ROOT, page), "utf8"))).toEqual([]);
});

test("a command line that is none is noticed", () => {
  expect(commandFaults("`platc complie`")).toEqual(["platc complie: there is no command 'complie'"]);
  expect(commandFaults("`platc plan dev --whi`")).toEqual([
    "platc plan dev --whi: 'plan' has no option '--whi'",
  ]);
  expect(commandFaults("```sh\nnpx platc emulator strat\n```\n")).toEqual([
    "platc emulator strat: there is no command 'strat'",
  ]);
});

test("README.md shows every command and option table as they are", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const missing = COMMANDS.filter((name) => !readme.includes(`\`platc ${name}`));
  expect(missing).toEqual([]);
});

const modules = Object.fromEntries(
  readdirSync(join(ROOT, "modules"), { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".tf"))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(ROOT.length + 1).replaceAll("\\", "/"), readFileSync(path)]),
);

/** Every file that an example names by `path` or in a check: what is in it does not matter here. */
function filesNamed(text: string): Record<string, string> {
  const paths = [...text.matchAll(/\{\{path '([^']+)'\}\}/g)].map((match) => match[1]!);
  const compared = [...text.matchAll(/equals: ([\w./-]+)/g)].map((match) => match[1]!);
  return Object.fromEntries(
    [...paths, ...compared, "images/hive/Dockerfile", "images/superset/Dockerfile"].map((path) =>
      /[.]|Dockerfile$/.test(path.split("/").at(-1)!) ? [path, "{}"] : [`${path}/main.py`, ""],
    ),
  );
}

async function errorsOf(spec: string, parts: Readonly<Record<string, string>> = {}): Promise<string> {
  const named = filesNamed([spec, ...Object.values(parts)].join("\n"));
  const sources = memorySources({ ...modules, ...named, ...parts, "platform.yaml": spec });
  const { diagnostics, files } = await compile(sources, { spec: "platform.yaml", parseHcl });
  const errors = diagnostics.filter((one) => one.severity === "error");
  if (errors.length === 0) expect(files.length).toBeGreaterThan(0);
  return renderDiagnostics(errors);
}

const specs = blocks.filter(({ info }) => info === "yaml platc");
const parts = blocks.filter(({ info }) => info === "yaml platc part");

test.each(specs)("the spec at $page:$line compiles", async ({ text }) => {
  expect(await errorsOf(text)).toBe("");
});

test.each(parts)(
  "the part at $page:$line compiles with the first spec of its page",
  async ({ page, text }) => {
    const [base] = specs.filter((one) => one.page === page);
    expect(base).toBeDefined();
    expect(await errorsOf(`${base!.text}\ninclude: part.yaml\n`, { "part.yaml": text })).toBe("");
  },
);

const AROUND_A_MODULE = `
version: 1
platform: shop
include: part.yaml
terraform: { providers: { aws: { source: hashicorp/aws, version: "~> 5.100" } } }
state: { backend: local }
environments: { global: { shared: true }, core: { shared: true }, dev: {} }
customers: { acme: { apps: [hive, superset] } }
apps:
  hive: { image: { context: images/hive, registry: example.com } }
  superset: { image: { context: images/superset, registry: example.com } }
  trino: {}
vars: { deployer: somebody }
`;

/** Stacks that the example of a module reads from and does not have: nothing but the outputs that it reads. */
function stacksReadFrom(text: string): Readonly<Record<string, unknown>> {
  const stacks: Record<string, Record<string, unknown>> = {};
  for (const [, path, more] of text.matchAll(/\boutputs\.([\w-]+(?:\.[\w-]+)+)( customer=)?/g)) {
    const [stack, output, ...keys] = path!.split(".");
    if (new RegExp(`^ {2}${stack}:`, "m").test(text)) continue;
    const value = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), "x");
    const known = (stacks[stack!] ??= {
      environments: ["global", "core", "dev"],
      ...(more !== undefined && { per: "customer" }),
    });
    known["outputs"] = { ...(known["outputs"] as object | undefined), [output!]: { value } };
    known["resources"] = { terraform_data: { x: {} } };
  }
  return stacks;
}

test.each(blocks.filter(({ page, info }) => MODULE_READMES.includes(page) && info === "yaml"))(
  "the example of $page compiles",
  async ({ text }) => {
    const stacks = stacksReadFrom(text);
    const around =
      Object.keys(stacks).length === 0
        ? AROUND_A_MODULE
        : `${AROUND_A_MODULE}stacks: ${JSON.stringify(stacks)}\n`;
    expect(await errorsOf(around, { "part.yaml": text })).toBe("");
  },
);
