import { mergeMaps } from "../spec/merge-nodes.ts";
import { child, type SpecNode, textOf } from "../spec/node.ts";
import type { StateLocation } from "./stack.ts";
import { mapValue, type StackReading } from "./stack-reading.ts";

const DEFAULT_KEY = "{{platform.name}}/{{stack.address}}/terraform.tfstate";

/** Where the state of a stack lies: the platform's word, with the stack's own laid over it. */
export function readStateLocation({ definition, around, known }: StackReading): StateLocation {
  const platformState = around.spec.state;
  const layer = child(definition, "state");
  const node = layer?.kind === "map" ? mergeMaps(platformState, layer) : platformState;
  const written = child(node, "key");
  const keyNode: SpecNode = written ?? {
    kind: "scalar",
    value: DEFAULT_KEY,
    isRaw: false,
    range: node.range,
  };
  const key = known(keyNode);
  return {
    backend: textOf(child(node, "backend")) ?? "local",
    config: mapValue(known(child(node, "config"))),
    key: typeof key === "string" ? key : "",
    range: keyNode.range,
  };
}
