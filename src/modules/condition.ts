import type { Json } from "../text/json.ts";

/** An expression of HCL, as far as validations of modules usually use the language. */
export type Condition =
  | { readonly kind: "literal"; readonly value: Json }
  | { readonly kind: "list"; readonly items: readonly Condition[] }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "member"; readonly of: Condition; readonly key: Condition }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Condition[] }
  | { readonly kind: "not" | "minus"; readonly operand: Condition }
  | {
      readonly kind: "operation";
      readonly operator: string;
      readonly left: Condition;
      readonly right: Condition;
    }
  | {
      readonly kind: "choice";
      readonly test: Condition;
      readonly then: Condition;
      readonly otherwise: Condition;
    }
  | {
      readonly kind: "for";
      readonly names: readonly string[];
      readonly over: Condition;
      readonly each: Condition;
      readonly where: Condition | undefined;
    };
