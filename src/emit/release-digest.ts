import { canonicalNode } from "../spec/canonical-node.ts";
import { child, type MapNode } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { byCodePoint } from "../text/compare.ts";
import { flavourOf } from "../text/flavour.ts";
import { digestOf, digestOfParts } from "./digest.ts";

/** The release digest of a stack, from the digests of its modules, files and provider lock. */
export type ReleaseDigest = (stack: Stack, parts: Readonly<Record<string, string>>) => string;

/**
 * Digests of what stacks are made of below the environment and customer layers: their own definition, the entries
 * of the platform's `vars` that it can reach, their providers' settings, their modules and files. What the many
 * places of one stack have in common is read once.
 */
export function releaseDigests(platform: Platform): ReleaseDigest {
  const belowByKey = new Map<string, { readonly definition: string; readonly vars: string }>();
  return (stack, parts) => {
    const key = [stack.name, stack.app ?? "", ...stack.providers.keys()].join("\n");
    const below = belowByKey.get(key) ?? digestsBelow(platform, stack);
    belowByKey.set(key, below);
    return digestOfParts({ ...parts, ...below });
  };
}

function digestsBelow(
  platform: Platform,
  stack: Stack,
): { readonly definition: string; readonly vars: string } {
  const providers = [...stack.providers.keys()].sort(byCodePoint).map((key) => {
    const provider = platform.spec.providers.get(key);
    return `${key} ${provider?.source ?? ""} ${provider?.version ?? ""} ${provider ? canonicalNode(provider.config) : ""}`;
  });
  const app = stack.app === undefined ? undefined : platform.spec.apps.get(stack.app);
  const below = [
    canonicalNode(stack.spec.node),
    ...providers,
    platform.spec.requiredVersion ?? "",
    ...programLines(platform.spec),
    app ? canonicalNode(app.node) : "",
  ].join("\n");
  return { definition: digestOf(below), vars: digestOf(reachableVars(platform.spec.vars, below)) };
}

/** Another program is another proof; Terraform, which is what an old spec means, is not spelt out. */
function programLines({ command }: PlatformSpec): readonly string[] {
  return flavourOf(command) === "terraform" ? [] : [`command ${command}`];
}

/** The entries of `vars` that templates in a text name, and those that these name in turn. */
function reachableVars(vars: MapNode, text: string): string {
  const reached = new Map<string, string>();
  const follow = (from: string): void => {
    for (const match of from.matchAll(/vars\.([A-Za-z0-9_-]+)/g)) {
      const name = match[1] ?? "";
      const node = child(vars, name);
      if (!node || reached.has(name)) continue;
      reached.set(name, canonicalNode(node));
      follow(canonicalNode(node));
    }
  };
  follow(text);
  return [...reached]
    .sort(([left], [right]) => byCodePoint(left, right))
    .map(([name, value]) => `${name}=${value}`)
    .join("\n");
}
