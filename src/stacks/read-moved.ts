import { addressOf } from "./address-of.ts";
import { child } from "../spec/node.ts";
import type { MovedAddress } from "./stack.ts";
import type { StackReading } from "./stack-reading.ts";

/** The earlier addresses that a stack names; templates in them are known at compile time. */
export function readMoved({ instance, definition, known }: StackReading): readonly MovedAddress[] {
  const node = child(definition, "moved");
  return (node?.kind === "list" ? node.items : []).flatMap((item) => {
    const written = known(item);
    return typeof written === "string"
      ? [{ written, address: addressOf(instance, written), range: item.range }]
      : [];
  });
}
