import { byCodePoint } from "../text/compare.ts";
import type { Json } from "../text/json.ts";
import { nestedBlocks } from "./block-values.ts";
import type { ModuleProblem } from "./contract.ts";
import type { HclBlock, ParsedHcl } from "./parsed-hcl.ts";

/** A block with the file that it stands in, after override files were laid over it. */
export interface PlacedBlock extends HclBlock {
  readonly file: string;
  readonly syntax: ParsedHcl["syntax"];
}

const OVERRIDABLE = new Set(["variable", "output", "resource", "data", "ephemeral", "module", "provider"]);

/** Whether a file is laid over the others: `override.tf`, `x_override.tf`, the same in JSON, and OpenTofu's. */
export function isOverrideFile(name: string): boolean {
  return /^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/.test(name);
}

/** The blocks of a module in the order of its files, with override files laid over them as Terraform does. */
export function mergeOverrides(
  files: ReadonlyMap<string, ParsedHcl>,
  problems: ModuleProblem[],
): readonly PlacedBlock[] {
  const names = [...files.keys()].sort(byCodePoint);
  const placed = (name: string): readonly PlacedBlock[] => {
    const { blocks, syntax } = files.get(name)!;
    return blocks.map((block) => ({ ...block, file: name, syntax }));
  };
  let blocks = names.filter((name) => !isOverrideFile(name)).flatMap(placed);
  for (const override of names.filter(isOverrideFile).flatMap(placed)) {
    blocks =
      override.type === "terraform"
        ? overrideSettings(blocks, override)
        : overrideBlock(blocks, override, problems);
  }
  return blocks;
}

function overrideSettings(blocks: readonly PlacedBlock[], override: PlacedBlock): PlacedBlock[] {
  const replaced = ["required_version", "backend", "cloud"].filter((key) => override.body[key] !== undefined);
  if (replaced.includes("backend") || replaced.includes("cloud")) replaced.push("backend", "cloud");
  const kept = blocks.map((block) =>
    block.type === "terraform" ? { ...block, body: without(block.body, replaced) } : block,
  );
  return [...kept, override];
}

function without(body: HclBlock["body"], keys: readonly string[]): HclBlock["body"] {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)));
}

function overrideBlock(
  blocks: readonly PlacedBlock[],
  override: PlacedBlock,
  problems: ModuleProblem[],
): PlacedBlock[] {
  if (!OVERRIDABLE.has(override.type)) return [...blocks, override];
  const at = blocks.findIndex((block) => blockIdentity(block) === blockIdentity(override));
  if (at < 0) {
    const message = `${describeBlock(override)} overrides nothing: no other file declares it`;
    problems.push({ ...placeOf(override), message });
    return [...blocks];
  }
  if (override.type === "variable" && override.body["validation"] !== undefined) {
    const message = `${describeBlock(override)} has a validation, which an override file cannot change`;
    problems.push({ ...placeOf(override), message });
  }
  return blocks.with(at, laidOver(blocks[at]!, override));
}

function laidOver(base: PlacedBlock, override: PlacedBlock): PlacedBlock {
  const body: Record<string, Json> = { ...base.body, ...override.body };
  if (base.type === "variable" && base.body["validation"] !== undefined)
    body["validation"] = base.body["validation"];
  const lifecycles = [...nestedBlocks(base.body, "lifecycle"), ...nestedBlocks(override.body, "lifecycle")];
  if (lifecycles.length > 0) body["lifecycle"] = [Object.assign({}, ...lifecycles) as Json];
  // Literals are escaped in HCL alone, so the merged body speaks one syntax: that of the override, which wins.
  return { ...base, body, syntax: override.syntax };
}

/** Blocks with the same identity declare the same thing; a provider configuration is told apart by its alias. */
export function blockIdentity(block: HclBlock): string {
  const alias = block.type === "provider" ? [String(block.body["alias"] ?? "")] : [];
  return JSON.stringify([block.type, ...block.labels, ...alias]);
}

/** A block as messages name it, such as `resource 'aws_s3_bucket.raw'`. */
export function describeBlock(block: HclBlock): string {
  const alias =
    block.type === "provider" && block.body["alias"] !== undefined ? [String(block.body["alias"])] : [];
  return `${block.type} '${[...block.labels, ...alias].join(".")}'`;
}

/** Where problems with a block are told. */
export function placeOf({
  file,
  line,
}: Pick<PlacedBlock, "file" | "line">): Pick<ModuleProblem, "file" | "line"> {
  return line === undefined ? { file } : { file, line };
}
