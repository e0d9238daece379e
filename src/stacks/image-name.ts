import type { ImageSpec } from "../spec/platform.ts";
import type { NameResult } from "../templates/scope.ts";
import { type Expression, INVALID, isComputed, isInvalid, type Value } from "../templates/value.ts";
import type { NameSurroundings } from "./name-surroundings.ts";
import { type RegistryPart, registryParts } from "./registry-parts.ts";

/**
 * The whole name of an app's image, as it is pushed: registry, app and tag. Undefined where outputs cannot be read;
 * a fault of the image is reported where the image is written.
 */
export function imageName({ spec, names }: NameSurroundings, app: string): NameResult | undefined {
  const image = spec.apps.get(app)?.image;
  const registry = registryParts(spec, image?.registry);
  if (!image || image.tag === undefined || registry.status === "bad") return { status: "ok", value: INVALID };
  const parts: (string | Expression)[] = [];
  for (const part of registry.parts) {
    const value = typeof part === "string" ? part : outputOf(names, part, image);
    if (value === undefined) return undefined;
    if (isInvalid(value)) return { status: "ok", value };
    parts.push(...(isComputed(value) ? value.parts : [String(value)]));
  }
  const own = `${app}:${image.tag}`;
  const all = parts.length === 0 || parts.join("") === "" ? [own] : [...parts, `/${own}`];
  const isText = all.every((part) => typeof part === "string");
  return { status: "ok", value: isText ? all.join("") : { kind: "computed", parts: all } };
}

/** Whatever is wrong with it is told at the registry, once. */
function outputOf(
  { outputs }: NameSurroundings["names"],
  { stack, path }: Exclude<RegistryPart, string>,
  { registry, contextRange }: ImageSpec,
): Value | undefined {
  const found = outputs?.([stack, ...path], new Map(), registry?.range ?? contextRange);
  return found?.status === "bad" ? INVALID : found?.value;
}
