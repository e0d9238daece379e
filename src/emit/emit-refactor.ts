import { isList, isMap, type Value, type ValueMap } from "../templates/value.ts";
import { bare, text } from "./positions.ts";
import type { TerraformJson } from "./terraform-json.ts";

/** Terraform's refactoring blocks; addresses in them are bare, only an import's id is a template. */
export function emitRefactor(value: Value): Record<string, TerraformJson | undefined> {
  if (!isMap(value)) return {};
  return {
    moved: blocks(value.get("moved"), (one) => ({
      from: bare(String(one.get("from"))),
      to: bare(String(one.get("to"))),
    })),
    import: blocks(value.get("import"), (one) => ({
      to: bare(String(one.get("to"))),
      id: text(String(one.get("id"))),
    })),
    removed: blocks(value.get("removed"), (one) => ({
      from: bare(String(one.get("from"))),
      lifecycle: { destroy: one.get("destroy") !== false && lifecycleOf(one).get("destroy") !== false },
    })),
  };
}

function lifecycleOf(one: ValueMap): ValueMap {
  const lifecycle = one.get("lifecycle");
  return lifecycle !== undefined && isMap(lifecycle) ? lifecycle : new Map();
}

function blocks(value: Value | undefined, emit: (one: ValueMap) => TerraformJson): TerraformJson | undefined {
  return value !== undefined && isList(value) ? value.filter(isMap).map(emit) : undefined;
}
