import { type Expression, isComputed, isList, isMap, type Value } from "../templates/value.ts";

/** A value for people, on one line: known data as JSON, what only Terraform knows in angle brackets. */
export function describeKnownValue(value: Value): string {
  if (isComputed(value)) {
    const [only] = value.parts;
    if (value.parts.length === 1 && only !== undefined && typeof only !== "string") return describe(only);
    return JSON.stringify(
      value.parts.map((part) => (typeof part === "string" ? part : describe(part))).join(""),
    );
  }
  if (isMap(value)) {
    const entries = [...value].map(([key, item]) => `${JSON.stringify(key)}: ${describeKnownValue(item)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  if (isList(value)) return `[${value.map(describeKnownValue).join(", ")}]`;
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

function describe(expression: Expression): string {
  switch (expression.kind) {
    case "output": {
      const { instances, output, path } = expression;
      const name = [output, ...path].join(".");
      if (instances.kind === "one") return `<${name} of ${instances.address}>`;
      return `<${name} of ${[...instances.addressByKey.values()].join(", ")}>`;
    }
    case "self":
      return `<own output ${[expression.output, ...expression.path].join(".")}>`;
    case "variable":
      return `<variable ${expression.name}>`;
    case "path":
      return `<path ${expression.path}>`;
    case "call":
      return `${expression.name}(${expression.arguments.map(describeKnownValue).join(", ")})`;
  }
}
