import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child, type SpecNode } from "../spec/node.ts";
import { isComputed, isList, isMap, type Value } from "../templates/value.ts";
import type { PlatformRule } from "./rule.ts";

const BARE = ["provider", "depends_on"];
const BARE_IN_LIFECYCLE = ["ignore_changes", "replace_triggered_by"];

/** Where Terraform takes an address, it takes no expression, so that nothing there is read from another stack. */
export const bareReferences: PlatformRule = ({ stacks }) =>
  stacks.flatMap(({ definition, data, resources }) => [
    ...inBlocks(data, child(definition, "data")),
    ...inBlocks(resources, child(definition, "resources")),
  ]);

function inBlocks(types: Value, node: SpecNode | undefined): Diagnostic[] {
  return entries(types).flatMap(([type, named]) =>
    entries(named).flatMap(([name, body]) => inBody(body, child(child(node, type), name))),
  );
}

function inBody(body: Value, node: SpecNode | undefined): Diagnostic[] {
  const lifecycle = isMap(body) ? (body.get("lifecycle") ?? null) : null;
  return [...problems(body, BARE, node), ...problems(lifecycle, BARE_IN_LIFECYCLE, child(node, "lifecycle"))];
}

function problems(map: Value, keys: readonly string[], node: SpecNode | undefined): Diagnostic[] {
  return entries(map)
    .filter(([key, value]) => keys.includes(key) && (isList(value) ? value : [value]).some(isComputed))
    .flatMap(([key]) => {
      const range = child(node, key)?.range;
      const message = `'${key}' takes addresses, and no value that is only known when Terraform runs`;
      const hint =
        "write addresses as Terraform does: 'aws_s3_bucket.raw'; order between stacks is made by 'after'";
      return range
        ? [{ code: "template-not-allowed", severity: "error", message, hint, range } as const]
        : [];
    });
}

function entries(value: Value): readonly (readonly [string, Value])[] {
  return isMap(value) ? [...value] : [];
}
