import { elementsOf, memberOf, textOf as stringOf } from "../plans/read-json.ts";
import { type Json, parseJson } from "../plans/json.ts";
import { type ObjectStore, textOf } from "../stores/object-store.ts";

/** The addresses of all managed instances in a state, keys included; none where there is no state. */
export async function stateAddresses(store: ObjectStore, key: string): Promise<ReadonlySet<string>> {
  const object = await store.read(key);
  if (object === undefined || object.bytes.length === 0) return new Set();
  const resources = elementsOf(memberOf(parseJson(textOf(object)), "resources"));
  return new Set(resources.flatMap(addressesOf));
}

function addressesOf(resource: Json): readonly string[] {
  const part = (name: string): string => stringOf(memberOf(resource, name)) ?? "";
  if (part("mode") === "data") return [];
  const address = [part("module"), part("type"), part("name")].filter(Boolean).join(".");
  return elementsOf(memberOf(resource, "instances")).map(
    (instance) => address + keyOf(memberOf(instance, "index_key")),
  );
}

function keyOf(key: Json | undefined): string {
  if (typeof key === "string") return `[${JSON.stringify(key)}]`;
  return typeof key === "object" && key !== null && "digits" in key ? `[${String(key.digits)}]` : "";
}
