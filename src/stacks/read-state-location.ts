import { mergeMaps } from "../spec/merge-nodes.ts";
import { child, type MapNode, type SpecNode, textOf } from "../spec/node.ts";
import type { StateLocation } from "./stack.ts";
import { mapValue, type StackReading } from "./stack-reading.ts";

const DEFAULT_KEY = "{{platform.name}}/{{stack.address}}/terraform.tfstate";

/** Where the state of a stack lies: the platform's word, with each layer of the stack's own laid over it. */
export function readStateLocation({ instance, around, known }: StackReading): StateLocation {
  const layers = instance.layers.map((layer) => child(layer.node, "state"));
  const node = layers.reduce<MapNode>(layState, around.spec.state);
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

/** Settings of one backend mean nothing to another: a layer that names another one begins with its own alone. */
function layState(below: MapNode, layer: SpecNode | undefined): MapNode {
  if (layer?.kind !== "map") return below;
  const backend = textOf(child(layer, "backend"));
  if (backend === undefined || backend === textOf(child(below, "backend"))) return mergeMaps(below, layer);
  const entries = [...below.entries].filter(([key]) => key !== "config");
  return mergeMaps({ ...below, entries: new Map(entries) }, layer);
}
