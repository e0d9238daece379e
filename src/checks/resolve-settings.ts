import { invariant } from "../diagnostics/invariant.ts";
import { type Json, isJsonList, isJsonMap, isJsonNumber } from "../plans/json.ts";
import { ArgumentError } from "../templates/functions.ts";
import {
  type CallExpression,
  type Expression,
  isComputed,
  isList,
  isMap,
  type Value,
  type ValueMap,
} from "../templates/value.ts";
import type { CheckSettings } from "./check-attempt.ts";
import { evaluateFunction } from "./evaluate-function.ts";
import { jsonOfValue } from "./json-value.ts";
import { redactor } from "./redact.ts";

/** An output as it was applied. */
export interface KnownOutput {
  readonly value: Json;
  readonly sensitive: boolean;
}

/** What the expressions of a check may ask for. */
export interface KnownValues {
  readonly outputs: (address: string, output: string) => KnownOutput | undefined;
  /** Outputs of the stack itself. */
  readonly self: ReadonlyMap<string, KnownOutput>;
  readonly variables: ReadonlyMap<string, string>;
  /** Names of the variables that are secret; all of them if left out. */
  readonly sensitiveVariables?: ReadonlySet<string>;
  /** The absolute path of a file or folder, by its path from the project root. */
  readonly path: (path: string) => string;
}

/** `what` is a sentence without a full stop and without secrets; `secrets` are to be kept out of all that is shown. */
export type ResolvedSettings =
  | { readonly status: "ok"; readonly settings: CheckSettings; readonly secrets: readonly string[] }
  | { readonly status: "missing"; readonly what: string };

/** Computes the settings of a check from what is known after an apply. */
export function resolveSettings(settings: ValueMap, known: KnownValues): ResolvedSettings {
  const resolver = new Resolver(known);
  try {
    const entries = [...settings].map(([key, value]) => [key, resolver.resolve(value).json] as const);
    return { status: "ok", settings: new Map(entries), secrets: [...resolver.secrets] };
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    return { status: "missing", what: redactor(resolver.secrets)(error.message) };
  }
}

class MissingError extends Error {}

/** `isSecret`: something sensitive is in it. */
interface Resolved {
  readonly json: Json;
  readonly isSecret: boolean;
}

class Resolver {
  readonly secrets = new Set<string>();

  constructor(private readonly known: KnownValues) {}

  resolve(value: Value): Resolved {
    if (isComputed(value)) return this.computed(value.parts);
    if (isMap(value)) {
      const entries = [...value].map(([key, item]) => [key, this.resolve(item)] as const);
      const json = new Map(entries.map(([key, item]) => [key, item.json]));
      return { json, isSecret: entries.some(([, item]) => item.isSecret) };
    }
    if (!isList(value)) return { json: jsonOfValue(value), isSecret: false };
    const items = value.map((item) => this.resolve(item));
    return { json: items.map((item) => item.json), isSecret: items.some((item) => item.isSecret) };
  }

  private computed(parts: readonly (string | Expression)[]): Resolved {
    const [only] = parts;
    if (parts.length === 1 && only !== undefined && typeof only !== "string") return this.expression(only);
    const resolved = parts.map((part) =>
      typeof part === "string" ? { json: part, isSecret: false } : this.expression(part),
    );
    return {
      json: resolved.map((one) => inText(one.json)).join(""),
      isSecret: resolved.some((one) => one.isSecret),
    };
  }

  private expression(expression: Expression): Resolved {
    switch (expression.kind) {
      case "output": {
        const { instances, output, path } = expression;
        if (instances.kind === "one") return this.output(instances.address, output, path);
        const entries = [...instances.addressByKey].map(
          ([key, address]) => [key, this.output(address, output, path)] as const,
        );
        const json = new Map(entries.map(([key, one]) => [key, one.json]));
        return { json, isSecret: entries.some(([, one]) => one.isSecret) };
      }
      case "self": {
        const found = this.known.self.get(expression.output);
        if (!found) throw new MissingError(`the stack has no output '${expression.output}'`);
        return this.knownOutput(found, expression.path, `output '${expression.output}' of the stack`);
      }
      case "variable": {
        const value = this.known.variables.get(expression.name);
        if (value === undefined) throw new MissingError(`variable '${expression.name}' has no value`);
        return this.marked(value, this.known.sensitiveVariables?.has(expression.name) ?? true);
      }
      case "path":
        return { json: this.known.path(expression.path), isSecret: false };
      case "call":
        return this.call(expression);
    }
  }

  private output(address: string, output: string, path: readonly string[]): Resolved {
    const found = this.known.outputs(address, output);
    if (!found) throw new MissingError(`output '${output}' of '${address}' is not known`);
    return this.knownOutput(found, path, `output '${output}' of '${address}'`);
  }

  private knownOutput(output: KnownOutput, path: readonly string[], name: string): Resolved {
    let at: Json | undefined = output.value;
    for (const step of path)
      at = isJsonMap(at) ? at.get(step) : isJsonList(at) ? at[Number(step)] : undefined;
    if (at === undefined) throw new MissingError(`${name} has no '${path.join(".")}'`);
    return this.marked(at, output.sensitive);
  }

  private call({ name, arguments: args }: CallExpression): Resolved {
    if (name === "try") return this.firstThatResolves(args);
    const values = args.map((argument) => this.resolve(argument));
    try {
      const json = evaluateFunction(
        name,
        values.map((value) => value.json),
      );
      return this.marked(
        json,
        values.some((value) => value.isSecret),
      );
    } catch (error) {
      if (!(error instanceof ArgumentError)) throw error;
      throw new MissingError(`'${name}' cannot be computed: ${error.message}`);
    }
  }

  private firstThatResolves(args: readonly Value[]): Resolved {
    let last: unknown;
    for (const argument of args) {
      try {
        return this.resolve(argument);
      } catch (error) {
        if (!(error instanceof MissingError)) throw error;
        last = error;
      }
    }
    invariant(last !== undefined, "'try' has no arguments");
    throw last;
  }

  private marked(json: Json, isSecret: boolean): Resolved {
    if (isSecret) for (const text of textsIn(json)) this.secrets.add(text);
    return { json, isSecret };
  }
}

/** All texts of a value, and numbers that are long enough to be recognised. */
function* textsIn(json: Json): Generator<string> {
  if (typeof json === "string") yield json;
  else if (isJsonNumber(json)) {
    if (json.digits.length >= 4) yield json.digits;
  } else if (isJsonList(json)) for (const item of json) yield* textsIn(item);
  else if (isJsonMap(json)) for (const item of json.values()) yield* textsIn(item);
}

function inText(json: Json): string {
  if (typeof json === "string") return json;
  if (typeof json === "boolean") return String(json);
  if (isJsonNumber(json)) return json.digits;
  const what = json === null ? "null" : isJsonList(json) ? "a list" : "a map";
  throw new MissingError(`${what} cannot stand within text`);
}
