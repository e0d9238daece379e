import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Range } from "../source/source.ts";

/** How to mend a secret in clear, by the name that its variable could have. */
export type Mending = (variable: string) => string;

/** Where a template can stand. */
export const IN_PLACE: Mending = (variable) =>
  `declare '${variable}: { sensitive: true }' under 'variables', write '{{var.${variable}}}' here, and give the value to each run as TF_VAR_${variable}`;

/** In `vars`, which are known while compiling. */
export const IN_VARS: Mending = (variable) =>
  `take it out of 'vars', declare '${variable}: { sensitive: true }' under 'variables', and read it as '{{var.${variable}}}'`;

/** In the block of a backend, which takes no templates of Terraform. */
export const IN_BACKEND: Mending = () =>
  "leave it out: the backend takes credentials from the environment, a profile or a role";

/** What runs on the own machine alone needs no secret. */
export const IN_COMPOSE: Mending = () =>
  "write '{{compose.password}}': on the own machine a password need not be secret";

interface Secret {
  readonly name: string;
  readonly range: Range;
  /** What makes it one, after its name: `is sensitive in its module`. */
  readonly why: string;
  readonly mending?: Mending | undefined;
}

/** A secret that stands in the spec; the line that it stands in is not shown. */
export function secretInClear({ name, range, why, mending = IN_PLACE }: Secret): Diagnostic {
  return {
    code: "secret-in-clear",
    conceals: true,
    severity: "error",
    message: `'${name}' ${why}, and its value stands here for everyone to read`,
    hint: mending(snakeCase(name.split(".").at(-1) ?? name)),
    range,
  };
}

/** A name as variables of Terraform are usually written: `apiKey` is `api_key`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[-. ]/g, "_")
    .toLowerCase();
}
