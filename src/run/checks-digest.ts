import { digestOf } from "../emit/digest.ts";
import { canonicalNode } from "../spec/canonical-node.ts";
import { child } from "../spec/node.ts";
import type { Stack } from "../stacks/stack.ts";

/** Checks stand in no Terraform file: what they say has a digest of its own. */
export function checksDigest(stack: Stack): string {
  const node = child(stack.definition, "checks");
  return digestOf(node ? canonicalNode(node) : "");
}
