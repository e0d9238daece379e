import { suggest } from "../diagnostics/suggest.ts";
import { isComputed, isList, isMap, type Value, type ValueMap } from "../templates/value.ts";
import type { Expectation, ExpectationArguments } from "./expectation.ts";
import { type ArgumentType, EXPECTATION_KINDS, type ExpectationKind } from "./expectation-kinds.ts";
import { quoteName, quoteValue, UnquotableError } from "./quote-sql.ts";

/** What is wrong with a suite, and at which key or index; `at` is empty for the whole of it. */
export interface SuiteProblem {
  readonly at: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
}

/** `expectation` is undefined where something is wrong, or is not known before an apply. */
export interface ExpectationReading {
  readonly expectation: Expectation | undefined;
  readonly problems: readonly SuiteProblem[];
}

/** Reads one entry of a suite: a map of one expectation with its arguments. */
export function readExpectation(entry: Value, columns: readonly string[] | undefined): ExpectationReading {
  if (isComputed(entry)) return { expectation: undefined, problems: [] };
  const entries = isMap(entry) ? [...entry] : [];
  const [first] = entries;
  if (first === undefined || entries.length > 1) return wrong([], oneMessage(entries), ONE_HINT);
  const [name, given] = first;
  const kind = EXPECTATION_KINDS.get(name);
  if (kind === undefined) return wrong([name], `there is no expectation '${name}'`, unknownHint(name));
  if (isComputed(given)) return { expectation: undefined, problems: [] };
  const values = isMap(given) ? given : NOTHING;
  const problems = [
    ...missing(name, kind, values),
    ...wrongArguments(name, kind, values),
    ...unknownColumns(name, values, columns),
    ...withoutEffect(name, kind, values),
  ];
  const isKnown = [...values.values()].every((value) => !isComputed(value));
  if (problems.length > 0 || !isKnown) return { expectation: undefined, problems };
  return { expectation: { name, arguments: argumentsOf(kind, values) }, problems };
}

const NOTHING: ValueMap = new Map();
const ONE_HINT =
  "write each as an entry of its own, like '- expect_column_values_to_not_be_null: { column: id }'";

function oneMessage(entries: readonly (readonly [string, Value])[]): string {
  if (entries.length === 0) return "an entry of 'expectations' expects nothing";
  return `an entry of 'expectations' is ${entries.map(([name]) => `'${name}'`).join(", ")} at once`;
}

function unknownHint(name: string): string {
  const near = suggest(name, [...EXPECTATION_KINDS.keys()]);
  return near === undefined
    ? "the schema of the spec lists the expectations that platc knows"
    : `did you mean '${near}'?`;
}

function wrong(at: SuiteProblem["at"], message: string, hint: string): ExpectationReading {
  return { expectation: undefined, problems: [{ at, message, hint }] };
}

function missing(name: string, kind: ExpectationKind, values: ValueMap): readonly SuiteProblem[] {
  return [...kind.required.keys()]
    .filter((argument) => !values.has(argument))
    .map((argument) => ({
      at: [name],
      message: `'${name}' has no '${argument}'`,
      hint: `add '${argument}': ${DUE[kind.required.get(argument)!]}`,
    }));
}

function wrongArguments(name: string, kind: ExpectationKind, values: ValueMap): readonly SuiteProblem[] {
  return [...values].flatMap(([argument, value]) => {
    const type = typeOf(kind, argument);
    if (type === undefined)
      return [
        {
          at: [name, argument],
          message: `'${name}' takes no '${argument}'`,
          hint: `it takes ${[...kind.required.keys(), ...kind.optional.keys()].map((one) => `'${one}'`).join(", ")}`,
        },
      ];
    const problem = isComputed(value) ? undefined : problemOf(value, type);
    return problem === undefined
      ? []
      : [
          {
            at: [name, argument],
            message: `'${argument}' of '${name}' ${problem}`,
            hint: `it must be ${DUE[type]}`,
          },
        ];
  });
}

function typeOf(kind: ExpectationKind, argument: string): ArgumentType | undefined {
  const name = argument as keyof ExpectationArguments;
  return kind.required.get(name) ?? kind.optional.get(name);
}

const DUE: Readonly<Record<ArgumentType, string>> = {
  name: "the name of a column",
  names: "a list of names of columns, each once",
  scalar: "a number, or a date or time as text",
  number: "a number",
  count: "a whole number, 0 or more",
  set: "a list of texts, numbers or truth values, with at least one",
  regex: "a regular expression",
  flag: "true or false",
  share: "a number greater than 0 and at most 1: the share of rows in which it must hold",
};

/** What is wrong with a value, as the end of a sentence. */
function problemOf(value: Value, type: ArgumentType): string | undefined {
  const is = `is ${show(value)}`;
  switch (type) {
    case "name":
      return typeof value === "string" && value !== "" ? unquotable(() => quoteName(value)) : is;
    case "names":
      if (!isNames(value) || new Set(value).size < value.length || value.length === 0) return is;
      return unquotable(() => value.map(quoteName));
    case "scalar":
      return typeof value === "string"
        ? unquotable(() => quoteValue(value))
        : isNumber(value)
          ? undefined
          : is;
    case "number":
      return isNumber(value) ? undefined : is;
    case "count":
      return Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : is;
    case "share":
      return typeof value === "number" && value > 0 && value <= 1 ? undefined : is;
    case "flag":
      return typeof value === "boolean" ? undefined : is;
    case "regex":
      if (typeof value !== "string") return is;
      return unquotable(() => quoteValue(value)) ?? unreadable(value);
    case "set":
      if (!isList(value) || value.length === 0) return is;
      return value.map(problemOfMember).find((problem) => problem !== undefined);
  }
}

function problemOfMember(value: Value): string | undefined {
  if (isComputed(value)) return undefined;
  if (value === null || isList(value) || isMap(value)) return `holds ${show(value)}`;
  return unquotable(() => quoteValue(value));
}

function isNumber(value: Value): boolean {
  return typeof value === "bigint" || (typeof value === "number" && Number.isFinite(value));
}

function isNames(value: Value): value is readonly string[] {
  return isList(value) && value.every((name) => typeof name === "string" && name !== "");
}

function unquotable(quote: () => unknown): string | undefined {
  try {
    quote();
    return undefined;
  } catch (error) {
    if (error instanceof UnquotableError) return `cannot be asked of a database: ${error.message}`;
    throw error;
  }
}

/** What no engine could read either; each has a few words more than JavaScript. */
function unreadable(pattern: string): string | undefined {
  try {
    new RegExp(pattern.replace(/\(\?[a-z]+\)/g, "").replaceAll("(?P<", "(?<"));
    return undefined;
  } catch {
    return "cannot be read";
  }
}

function show(value: Value): string {
  if (isMap(value)) return "a map";
  if (isList(value)) return value.length === 0 ? "an empty list" : "a list that does not fit";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function unknownColumns(
  expectation: string,
  values: ValueMap,
  columns: readonly string[] | undefined,
): readonly SuiteProblem[] {
  if (columns === undefined) return [];
  const named = [...values].filter(([argument]) => /^column(_[AB]|_list)?$/.test(argument));
  return named.flatMap(([argument, value]) =>
    (isList(value) ? value : [value]).flatMap((name) => {
      if (typeof name !== "string" || columns.includes(name)) return [];
      const near = suggest(name, columns);
      return [
        {
          at: [expectation, argument],
          message: `'${argument}' names '${name}', and 'columns' does not`,
          hint: near === undefined ? `the columns are ${columns.join(", ")}` : `did you mean '${near}'?`,
        },
      ];
    }),
  );
}

/** Bounds that let everything through, or nothing. */
function withoutEffect(name: string, kind: ExpectationKind, values: ValueMap): readonly SuiteProblem[] {
  if (!kind.optional.has("min_value")) return [];
  const [min, max] = [values.get("min_value"), values.get("max_value")];
  if (min === undefined && max === undefined)
    return [{ at: [name], message: `'${name}' has no bound`, hint: "add 'min_value', 'max_value' or both" }];
  if (typeof min !== "number" || typeof max !== "number" || min <= max) return [];
  return [
    {
      at: [name, "min_value"],
      message: `'min_value' of '${name}' is greater than 'max_value': nothing lies between ${min} and ${max}`,
      hint: "swap them",
    },
  ];
}

function argumentsOf(kind: ExpectationKind, values: ValueMap): ExpectationArguments {
  // Each value has been held against the type of its argument.
  return Object.fromEntries(
    [...values].filter(([argument]) => typeOf(kind, argument)),
  ) as unknown as ExpectationArguments;
}
