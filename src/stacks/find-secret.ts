import { isComputed } from "../templates/value.ts";
import type { Platform } from "./platform-model.ts";

/** What `STACK` or `STACK.CALL` of the module `aws/secret` is in one environment. */
export type FoundSecret =
  | { readonly status: "found"; readonly name: string }
  | {
      readonly status: "missing" | "no-secret" | "unknown-name";
      readonly what: string;
      readonly known: readonly string[];
    };

/** The name that a secret of the platform has in AWS, as far as the spec says it. */
export function findSecret(platform: Platform, environment: string, written: string): FoundSecret {
  const [stackName = "", callName, ...rest] = written.split(".");
  const here = platform.stacks.filter(
    (one) => one.environment.name === environment && !one.customer && !one.each,
  );
  const stack = here.find((one) => one.name === stackName);
  if (!stack || rest.length > 0)
    return { status: "missing", what: `stack '${stackName}'`, known: here.map(({ name }) => name) };
  const calls = stack.modules.filter(({ source }) => source === "aws/secret");
  const named = calls.map(({ name }) => `${stackName}.${name}`);
  const call =
    callName === undefined
      ? stack.modules.length === 1
        ? calls[0]
        : undefined
      : calls.find(({ name }) => name === callName);
  if (!call) return { status: "no-secret", what: `'${written}'`, known: named };
  const value = call.inputs.get("name")?.value;
  return typeof value !== "string" || isComputed(value)
    ? { status: "unknown-name", what: `'${written}'`, known: [] }
    : { status: "found", name: value };
}
