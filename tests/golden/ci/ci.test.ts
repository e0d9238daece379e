import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { analyse } from "../../../src/compile.ts";
import { renderDiagnostics } from "../../../src/diagnostics/render.ts";
import { diskSources } from "../../../src/disk/disk-sources.ts";
import { parseHcl } from "../../../src/disk/hcl-parser.ts";
import { githubWorkflow } from "../../../src/generate/github/github-workflow.ts";
import { readGithubModel } from "../../../src/generate/github/read-github-model.ts";

const isUpdate = process.env["UPDATE_GOLDEN"] === "1";

const FACTS = { canBeRehearsed: true, pinnedOpenTofu: "1.12.6" };
const GOLDENS = [
  { name: "d2b", root: resolve("."), spec: "specs/d2b/platform.yaml" },
  { name: "many-customers", root: join(import.meta.dirname, "many-customers"), spec: "platform.yaml" },
  { name: "opentofu", root: join(import.meta.dirname, "opentofu"), spec: "platform.yaml" },
];

test.each(GOLDENS)("the workflow of $name", async ({ name, root, spec }) => {
  const { platform, diagnostics } = await analyse(diskSources(root), { spec, parseHcl });
  expect(renderDiagnostics(diagnostics)).toBe("");
  const text = githubWorkflow(readGithubModel(platform!, FACTS));
  const expected = join(import.meta.dirname, `${name}.yml`);
  if (isUpdate) writeFileSync(expected, text);
  expect(text).toBe(existsSync(expected) ? readFileSync(expected, "utf8") : "(no expected file)");
});

test("every job that runs stacks by OpenTofu sets it up first", () => {
  const text = readFileSync(join(import.meta.dirname, "opentofu.yml"), "utf8");
  const { jobs } = parse(text) as {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  };
  const running = Object.entries(jobs).flatMap(([id, { steps }]) => {
    const runs = steps.findIndex(({ run = "" }) => /platc (plan|apply|rehearse|drift) /.test(run));
    const setsUp = steps.findIndex(({ uses = "" }) => uses.startsWith("opentofu/setup-opentofu@"));
    return runs < 0 ? [] : [[id, setsUp >= 0 && setsUp < runs] as const];
  });
  expect(Object.fromEntries(running)).toEqual({
    plan: true,
    rehearse: true,
    drift: true,
    dev_wave_1: true,
    prod_show: true,
    prod_apply: true,
  });
});

interface Step {
  readonly run?: string;
  readonly uses?: string;
}
