import { parse, stringify } from "lossless-json";
import { stripProvisioners } from "./strip-provisioners.ts";

/** A file of a module as it may be rehearsed, and what was taken out of it, in order: `local-exec`. */
export interface TamedFile {
  readonly text: string;
  readonly taken: readonly string[];
}

/** Whether Terraform or OpenTofu takes a file for a part of the module that it lies in. */
export function isModuleFile(path: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(path);
}

/** Takes out of a module's file what would run programs on this machine; one without any comes back as it was. */
export function tameFile(path: string, text: string): TamedFile {
  if (path.endsWith(".json")) return tameJson(text);
  if (!text.includes("provisioner")) return { text, taken: [] };
  const { text: stripped, provisioners } = stripProvisioners(text);
  return { text: stripped, taken: provisioners };
}

/** JSON that cannot be read stays as it is: Terraform cannot read it either. Numbers stay as they were written. */
function tameJson(text: string): TamedFile {
  let root: unknown;
  try {
    root = parse(text, null, { onDuplicateKey: ({ oldValue, newValue }) => [oldValue, newValue].flat() });
  } catch {
    return { text, taken: [] };
  }
  const taken = tameTree(root);
  return { text: taken.length === 0 ? text : `${stringify(root, undefined, 2) ?? ""}\n`, taken };
}

/** How many names deep blocks of a kind stand that may have provisioners: a resource has a type and a name. */
const DEPTHS = { resource: 2, removed: 0 } as const;

/**
 * Takes out of a freshly parsed tree, in place, what would run programs: provisioners, and OpenTofu's encryption,
 * whose keys and methods may be programs too.
 */
export function tameTree(root: unknown): readonly string[] {
  if (Array.isArray(root)) return root.flatMap((one) => tameTree(one));
  if (!isTree(root)) return [];
  const provisioners = Object.entries(DEPTHS).flatMap(([kind, depth]) => takeProvisioners(root[kind], depth));
  return [...provisioners, ...takeEncryption(root["terraform"])];
}

type MutableJson = Record<string, unknown>;

/** What has this name deeper in a resource is a value of the user's; lists may stand on every level. */
function takeProvisioners(json: unknown, depth: number): readonly string[] {
  if (Array.isArray(json)) return json.flatMap((one) => takeProvisioners(one, depth));
  if (!isTree(json)) return [];
  if (depth > 0) return Object.values(json).flatMap((below) => takeProvisioners(below, depth - 1));
  const taken = kindsOf(json["provisioner"]);
  delete json["provisioner"];
  return taken;
}

function kindsOf(provisioner: unknown): readonly string[] {
  if (Array.isArray(provisioner)) return provisioner.flatMap(kindsOf);
  return isTree(provisioner) ? Object.keys(provisioner) : [];
}

function takeEncryption(settings: unknown): readonly string[] {
  if (Array.isArray(settings)) return settings.flatMap(takeEncryption);
  if (!isTree(settings) || settings["encryption"] === undefined) return [];
  delete settings["encryption"];
  return ["encryption"];
}

function isTree(value: unknown): value is MutableJson {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
