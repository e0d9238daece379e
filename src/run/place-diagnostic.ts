import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { TAMED } from "../emit/rehearsed-emitter.ts";
import { position } from "../source/position.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { nameInSpec } from "../stacks/rehearsed-platform.ts";
import { specRangeAt } from "../stacks/spec-range-at.ts";
import type { DiagnosticPlace, TerraformDiagnostic } from "../terraform/events.ts";
import { installedModulesNow } from "../terraform/installed-modules.ts";
import { jsonLinePaths } from "../text/json-line-paths.ts";
import type { TerraformUnit } from "./terraform-unit.ts";

export type PlacingUnit = Pick<TerraformUnit, "address" | "folder" | "cwd" | "outputFolder">;

/** A diagnostic with its place in the project's own sources, where Terraform names a file at all. */
export function placeDiagnostic(
  platform: Pick<Platform, "stackByAddress">,
  unit: PlacingUnit,
  diagnostic: TerraformDiagnostic,
): TerraformDiagnostic {
  const { range } = diagnostic;
  // What is given as a variable has no file: `<value for var.name>`.
  if (!range || range.filename === "" || range.filename.startsWith("<")) return diagnostic;
  const isRoot = range.filename === "main.tf.json";
  const place = isRoot ? placeInRoot(platform, unit, diagnostic) : placeInModule(unit, diagnostic);
  const block = blockOf(unit, diagnostic);
  return { ...diagnostic, place: { ...place, ...(block !== undefined && { block }) } };
}

/** The compiled root that a person looks at is not the one that was planned: upstreams may stand in it, or a local backend. */
function placeInRoot(
  platform: Pick<Platform, "stackByAddress">,
  unit: PlacingUnit,
  { range }: TerraformDiagnostic,
): DiagnosticPlace {
  const name = "main.tf.json";
  const planned = textOf(join(unit.folder.path, name)) ?? "";
  const path = jsonLinePaths(planned)[(range?.start.line ?? 1) - 1] ?? [];
  const compiledFile = ownPath(`${unit.outputFolder}/${name}`);
  const compiled = textOf(join(unit.cwd, compiledFile));
  const text = compiled ?? planned;
  const line = lineOf(text, path);
  const stack = platform.stackByAddress.get(unit.address);
  const written = stack && specRangeAt(stack, path);
  return {
    file: compiled === undefined ? relativeTo(unit.cwd, join(unit.folder.path, name)) : compiledFile,
    line,
    ...codeOf(text.split("\n")[line - 1]?.replace(/,$/, "")),
    ...(written && { spec: `${written.file.path}:${position(written.file, written.start).line}` }),
  };
}

function placeInModule(unit: PlacingUnit, { range, code }: TerraformDiagnostic): DiagnosticPlace {
  const path = relativeTo(unit.cwd, resolve(unit.folder.path, range?.filename ?? ""));
  const work = relativeTo(unit.cwd, unit.folder.path);
  return { file: sourceOf(path, work), line: range?.start.line ?? 1, ...codeOf(code?.split("\n")[0]) };
}

/** What lies in a work folder is a copy of something that can be changed, but for modules that Terraform has fetched. */
function sourceOf(path: string, work: string): string {
  if (path.startsWith(`${work}/${TAMED}/`)) return path.slice(`${work}/${TAMED}/`.length);
  if (!path.startsWith(".platc/") || path.includes("/.terraform/")) return path;
  return ownPath(`out/${path.slice(".platc/".length)}`);
}

/** The same file under the platform's own name, of a rehearsal too. */
function ownPath(path: string): string {
  const [out = "", platform = "", ...rest] = path.split("/");
  return [out, nameInSpec(platform), ...rest].join("/");
}

/** The first line of as much of a path as is there. */
function lineOf(text: string, path: readonly string[]): number {
  const paths = jsonLinePaths(text).map((one) => one.join("\n"));
  for (let length = path.length; length > 0; length--) {
    const at = paths.indexOf(path.slice(0, length).join("\n"));
    if (at >= 0) return at + 1;
  }
  return 1;
}

const LONGEST_CODE = 120;

function codeOf(line: string | undefined): Pick<DiagnosticPlace, "code"> {
  const code = line?.trim().replace(/\s+/g, " ") ?? "";
  return /\w/.test(code) && !/[[{]$/.test(code) && code.length <= LONGEST_CODE ? { code } : {};
}

/** The block as an address where there is one of it; else as it is spelt, if Terraform says so. */
function blockOf(unit: PlacingUnit, { range, context }: TerraformDiagnostic): string | undefined {
  if (context === undefined) return undefined;
  const local = localAddress(context);
  if (range?.filename === "main.tf.json") return local ?? context;
  const folder = resolve(unit.folder.path, range?.filename ?? "", "..");
  const calls = installedModulesNow(unit.folder).filter(({ path }) => path === folder);
  const [only] = calls;
  if (!only || calls.length > 1 || local === undefined) return context;
  return `${only.key
    .split(".")
    .map((name) => `module.${name}`)
    .join(".")}.${local}`;
}

/** `aws_vpc.main` for `resource "aws_vpc" "main"` and `resource.aws_vpc.main`; undefined for what has no address. */
function localAddress(context: string): string | undefined {
  const words = context.includes('"') ? context.replaceAll('"', "").split(" ") : context.split(".");
  const [kind = "", ...names] = words;
  if (kind === "resource") return names.length > 1 ? names.slice(0, 2).join(".") : undefined;
  if (kind === "data" || kind === "ephemeral")
    return names.length > 1 ? words.slice(0, 3).join(".") : undefined;
  if (kind === "variable") return names.length === 1 ? `var.${names[0]}` : undefined;
  return names.length === 1 && ["module", "output", "check", "provider"].includes(kind)
    ? words.join(".")
    : undefined;
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function relativeTo(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}
