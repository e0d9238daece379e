import { type SpecNode, textOf } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import { parseTemplate } from "../templates/parse-template.ts";
import type { TemplateCall } from "../templates/template.ts";

/** What a registry is written of: text that is known, and outputs of a stack, by `outputs.STACK` and the path behind it. */
export type RegistryPart = string | { readonly stack: string; readonly path: readonly string[] };

export type RegistryParts =
  | { readonly status: "ok"; readonly parts: readonly RegistryPart[] }
  | { readonly status: "bad"; readonly message: string; readonly hint: string };

/** The registry of an image as its parts, the same for every stack: it reads nothing that differs between environments. */
export function registryParts(spec: PlatformSpec, registry: SpecNode | undefined): RegistryParts {
  const text = textOf(registry);
  if (text === undefined) return { status: "ok", parts: [] };
  if (registry?.kind === "scalar" && registry.isRaw) return { status: "ok", parts: withoutSlash([text]) };
  const parsed = parseTemplate(text);
  if (parsed.status === "bad") return { status: "bad", message: parsed.message, hint: parsed.hint };
  const parts: RegistryPart[] = [];
  for (const part of parsed.template.parts) {
    const read = typeof part === "string" ? part : readCall(spec, part);
    if (read === undefined)
      return {
        status: "bad",
        message: `'${typeof part === "string" ? part : part.source}' cannot say where images are pushed`,
        hint: "write text, '{{platform.name}}', a text of the spec's 'vars', or '{{outputs.STACK.OUTPUT}}'",
      };
    parts.push(read);
  }
  return { status: "ok", parts: withoutSlash(parts) };
}

function readCall(
  spec: PlatformSpec,
  { path, arguments: given, coordinates }: TemplateCall,
): RegistryPart | undefined {
  const [root, name, ...rest] = path;
  if (given.length > 0 || coordinates.size > 0 || name === undefined) return undefined;
  if (root === "outputs") return rest.length > 0 ? { stack: name, path: rest } : undefined;
  if (rest.length > 0) return undefined;
  if (root === "platform") return name === "name" ? spec.name : undefined;
  const text = root === "vars" ? textOf(spec.vars.entries.get(name)?.value) : undefined;
  return text?.includes("{{") ? undefined : text;
}

function withoutSlash(parts: readonly RegistryPart[]): readonly RegistryPart[] {
  const last = parts.at(-1);
  return typeof last === "string" ? [...parts.slice(0, -1), last.replace(/\/+$/, "")] : parts;
}
