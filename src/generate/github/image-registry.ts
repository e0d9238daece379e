import type { SpecNode } from "../../spec/node.ts";
import { textOf } from "../../spec/node.ts";
import type { Platform } from "../../stacks/platform-model.ts";
import { parseTemplate } from "../../templates/parse-template.ts";
import type { TemplateCall } from "../../templates/template.ts";

/** What a registry is made of: text that is known, and outputs of applied stacks. */
export type RegistryPart = string | { readonly address: string; readonly output: string };

export type ReadRegistry =
  | { readonly status: "ok"; readonly parts: readonly RegistryPart[] }
  | { readonly status: "bad"; readonly message: string; readonly hint: string };

/** The registry of an image as its parts; an output is looked for in the shared environments, as there is one image for all. */
export function imageRegistry(platform: Platform, registry: SpecNode | undefined): ReadRegistry {
  const text = textOf(registry);
  if (text === undefined) return { status: "ok", parts: [] };
  if (registry?.kind === "scalar" && registry.isRaw) return { status: "ok", parts: [text] };
  const parsed = parseTemplate(text);
  if (parsed.status === "bad") return { status: "bad", message: parsed.message, hint: parsed.hint };
  const parts: RegistryPart[] = [];
  for (const part of parsed.template.parts) {
    const read = typeof part === "string" ? part : readCall(platform, part);
    if (read === undefined)
      return {
        status: "bad",
        message: `'{{${typeof part === "string" ? part : part.source}}}' cannot say where images are pushed`,
        hint: "write text, '{{platform.name}}', a text of 'vars', or '{{outputs.STACK.OUTPUT}}' of a stack in a shared environment",
      };
    parts.push(read);
  }
  return { status: "ok", parts };
}

function readCall(platform: Platform, { path, arguments: given }: TemplateCall): RegistryPart | undefined {
  const [root, name, ...rest] = path;
  if (given.length > 0 || root === undefined || name === undefined) return undefined;
  if (root === "platform" && name === "name" && rest.length === 0) return platform.spec.name;
  if (root === "vars" && rest.length === 0) {
    const text = textOf(platform.spec.vars.entries.get(name)?.value);
    return text?.includes("{{") ? undefined : text;
  }
  const stack = platform.stacks.find((one) => one.name === name && one.environment.isShared);
  if (root !== "outputs" || stack === undefined || rest.length === 0) return undefined;
  return { address: stack.address, output: rest.join("_") };
}
