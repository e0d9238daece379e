import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RehearsalReport } from "../../src/rehearsal/rehearsal-report.ts";
import { rehearsalFolder } from "../../src/stacks/rehearsed-platform.ts";
import { findTerraform } from "../../src/terraform/find-terraform.ts";
import { type CommandResult, makeProject, type Project } from "../run/project.ts";
import { wholeLines } from "../run/whole-lines.ts";

/** What a rehearsed state holds, as far as tests look. */
interface RehearsedState {
  readonly serial: number;
  readonly lineage: string;
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly unknown[];
  }[];
}

const found = await findTerraform({ environment: process.env, constraint: ">= 1.10" });

/** Why nothing can be rehearsed here, for the name of a group of tests; undefined where it can. */
export const lacksTerraform: string | undefined = found.status === "missing" ? found.message : undefined;

/** Nothing is asked, and nothing installed: schemas come from packs. */
export const FROM_PACKS = { PLATC_PROVIDER_MIRROR: "none" } as const;

/** A platform of this repository, and the modules that it uses, in a project of its own. */
export function copyPlatform(name: string, modules: readonly string[]): Project {
  const project = makeProject({
    "package.json": `{ "platc": { "spec": "specs/${name}/platform.yaml" } }`,
  });
  Object.assign(project.environment, FROM_PACKS);
  const repository = resolve(import.meta.dirname, "../..");
  for (const folder of [`specs/${name}`, ...modules])
    cpSync(join(repository, folder), join(project.root, folder), {
      recursive: true,
      filter: (path) => !/\.terraform$|__pycache__/.test(path),
    });
  return project;
}

/** Runs a command against a rehearsal, with `--json`. */
export function rehearse(project: Project, ...args: readonly string[]): Promise<CommandResult> {
  return project.run(...args, "--target", "rehearsal");
}

/** Applies to a rehearsal without questions. */
export function rehearseApply(project: Project, ...args: readonly string[]): Promise<CommandResult> {
  return rehearse(project, "apply", ...args, "--auto-approve");
}

/** The states of a platform's rehearsals, as text, by address. */
export function statesOf(project: Project, platform: string): ReadonlyMap<string, string> {
  const folder = join(project.root, rehearsalFolder(platform), "states");
  const suffix = "/terraform.tfstate";
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(suffix),
  );
  return new Map(
    paths.sort().map((path) => [path.slice(0, -suffix.length), readFileSync(join(folder, path), "utf8")]),
  );
}

/** How many resources each state holds that holds any, by address. */
export function resourceCounts(project: Project, platform: string): Readonly<Record<string, number>> {
  const counted = [...statesOf(project, platform)].map(([address, text]) => {
    const { resources } = JSON.parse(text) as RehearsedState;
    const managed = resources.filter(({ mode }) => mode === "managed");
    return [address, managed.reduce((sum, { instances }) => sum + instances.length, 0)] as const;
  });
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}

/** What exists in the world of a platform's rehearsals, as `TYPE ID`, sorted. */
export function worldOf(project: Project, platform: string): readonly string[] {
  const path = join(project.root, rehearsalFolder(platform), "world.jsonl");
  if (!existsSync(path)) return [];
  const living = new Map<string, boolean>();
  for (const line of wholeLines(readFileSync(path, "utf8"))) {
    const entry = JSON.parse(line) as {
      readonly typeName: string;
      readonly id: string;
      readonly value?: unknown;
    };
    living.set(`${entry.typeName} ${entry.id}`, entry.value !== undefined);
  }
  return [...living].flatMap(([name, lives]) => (lives ? [name] : [])).sort();
}

/** What a run told of its rehearsal at its end. */
export function reportOf(result: CommandResult): RehearsalReport {
  const finished = result.events.find(({ kind }) => kind === "run-finished");
  return finished?.["rehearsal"] as RehearsalReport;
}

/** What a run did in each stack that it touched, as `+ADDED ~CHANGED -DESTROYED`. */
export function touched(result: CommandResult): Readonly<Record<string, string>> {
  const finished = result.events.find(({ kind }) => kind === "run-finished");
  const outcomes = (finished?.["outcomes"] ?? {}) as Readonly<Record<string, { readonly summary?: Summary }>>;
  return Object.fromEntries(
    Object.entries(outcomes).flatMap(([address, { summary }]) =>
      summary ? [[address, `+${summary.add} ~${summary.change} -${summary.destroy}`] as const] : [],
    ),
  );
}

interface Summary {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

/**
 * A state without what Terraform writes in an order of its own making: which conditions it looked at. Where a run was
 * cut short, its serial is another too.
 */
export function comparable(state: string, without?: "without serial"): string {
  const {
    check_results: _unordered,
    serial,
    ...rest
  } = JSON.parse(state) as Readonly<Record<string, unknown>>;
  return JSON.stringify(without ? rest : { serial, ...rest }, null, 2);
}
