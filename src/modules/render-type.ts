import { renderKey, renderLiteral } from "./render-literal.ts";
import type { TerraformAttribute, TerraformType } from "./terraform-type.ts";

/** A type constraint as HCL writes it, on one line. */
export function renderTerraformType(type: TerraformType): string {
  switch (type.kind) {
    case "string":
    case "number":
    case "bool":
    case "any":
      return type.kind;
    case "list":
    case "set":
    case "map":
      return `${type.kind}(${renderTerraformType(type.element)})`;
    case "tuple":
      return `tuple([${type.elements.map(renderTerraformType).join(", ")}])`;
    case "object": {
      const attributes = [...type.attributes].map(([name, attribute]) => renderAttribute(name, attribute));
      return attributes.length === 0 ? "object({})" : `object({ ${attributes.join(", ")} })`;
    }
  }
}

function renderAttribute(name: string, { type, optional, default: standard }: TerraformAttribute): string {
  const rendered = renderTerraformType(type);
  if (!optional) return `${renderKey(name)} = ${rendered}`;
  const second = standard === undefined ? "" : `, ${renderLiteral(standard)}`;
  return `${renderKey(name)} = optional(${rendered}${second})`;
}
