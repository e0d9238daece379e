import type { TerraformType } from "./terraform-type.ts";

/** A value of a type as the spec writes it in one line: `{ name: "text" }` for map(string). */
export function exampleValue(type: TerraformType): string {
  switch (type.kind) {
    case "string":
    case "any":
      return '"text"';
    case "number":
      return "1";
    case "bool":
      return "true";
    case "list":
    case "set":
      return `[${exampleValue(type.element)}]`;
    case "map":
      return `{ name: ${exampleValue(type.element)} }`;
    case "tuple":
      return `[${type.elements.map(exampleValue).join(", ")}]`;
    case "object": {
      const required = [...type.attributes].filter(([, { optional }]) => !optional);
      const shown = required.length > 0 ? required : [...type.attributes].slice(0, 1);
      const parts = shown.map(([name, attribute]) => `${name}: ${exampleValue(attribute.type)}`);
      return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
    }
  }
}
