import { isList, isMap, type Value, type ValueMap } from "../templates/value.ts";
import { bare, expression } from "./positions.ts";
import { emitValue, spellCondition, type Spelling } from "./spell-expression.ts";
import type { TerraformJson, TerraformObject } from "./terraform-json.ts";

/** Resource or data blocks by type and name, with the meta-arguments in the positions that Terraform wants. */
export function emitResources(value: Value, spelling: Spelling): TerraformObject {
  if (!isMap(value)) return {};
  const types: Record<string, TerraformJson> = {};
  for (const [type, named] of value) {
    if (!isMap(named) || named.size === 0) continue;
    types[type] = Object.fromEntries(
      [...named].map(([name, body]) => [name, isMap(body) ? emitResource(body, spelling) : {}]),
    );
  }
  return types;
}

function emitResource(body: ValueMap, spelling: Spelling): TerraformObject {
  const result: Record<string, TerraformJson> = {};
  for (const [key, value] of body) {
    if (key === "depends_on") result[key] = bareList(value);
    else if (key === "provider") result[key] = bare(String(value));
    else if (key === "lifecycle" && isMap(value)) result[key] = emitLifecycle(value, spelling);
    else result[key] = emitValue(value, spelling);
  }
  return result;
}

function emitLifecycle(lifecycle: ValueMap, spelling: Spelling): TerraformObject {
  const result: Record<string, TerraformJson> = {};
  for (const [key, value] of lifecycle) {
    if (key === "ignore_changes" && value === "all") result[key] = bare("all");
    else if (key === "ignore_changes" || key === "replace_triggered_by") result[key] = bareList(value);
    else if (key === "precondition" || key === "postcondition") result[key] = emitConditions(value, spelling);
    else result[key] = emitValue(value, spelling);
  }
  return result;
}

function emitConditions(value: Value, spelling: Spelling): TerraformJson {
  const conditions = isList(value) ? value : [value];
  return conditions.filter(isMap).map((condition) => ({
    ...(emitValue(condition, spelling) as TerraformObject),
    condition: expression(spellCondition(condition.get("condition") ?? null, spelling)),
  }));
}

function bareList(value: Value): TerraformJson {
  return (isList(value) ? value : [value]).map((item) => bare(String(item)));
}
