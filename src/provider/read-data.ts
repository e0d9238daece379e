import { digestOf } from "../text/digest.ts";
import { canonicalText } from "./canonical-text.ts";
import { completeResource, type Given } from "./complete-resource.ts";
import { conformAttribute } from "./conform-block.ts";
import { describeGiven, type PlainValues } from "./describe-given.ts";
import { findByConfig, foundTypes } from "./find-by-config.ts";
import { listMade, listsOf } from "./list-made.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import { planObject } from "./plan-object.ts";
import type { ProviderProblem, ReadAnswer, TypeContext, World } from "./provider-engine.ts";
import { standingData } from "./standing-data.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

const OUTSIDE = /(?:^|\/)(?:external|http)$/;

/**
 * What a data source finds: a resource that this rehearsal made, or, where there is no resource of its type, what is
 * the same everywhere or made up. What runs programs or asks the network is never run.
 */
export function readData(context: TypeContext, config: Value, world: World): ReadAnswer {
  const written = isRecord(config) ? config : {};
  const seed = seedOf(context, written);
  if (OUTSIDE.test(context.source)) {
    const given = { id: `rehearsal-${seed.slice(0, 16)}`, seed, values: {} };
    return { state: complete(context, written, given), problems: [neverRun(context.typeName)] };
  }
  const standing = standingData(context, written);
  if (standing !== undefined || context.overlay?.finds === null) {
    const id = valueAt(standing ?? {}, "id");
    const given = { id: typeof id === "string" ? id : `rehearsal-${seed.slice(0, 16)}`, seed };
    return { state: complete(context, written, { ...given, values: standing ?? {} }), problems: [] };
  }
  const lists = listsOf(context);
  if (lists !== undefined) return readList(context, lists, written, world);
  const { found, others } = findByConfig(context, written, world);
  if (found === undefined) return { state: null, problems: [nobodyMade(context, written)] };
  const id = valueAt(found.value, "id");
  const given = {
    id: typeof id === "string" ? id : found.id,
    seed: found.id,
    values: isRecord(found.value) ? found.value : {},
  };
  return {
    state: complete(context, written, given),
    problems: others === 0 ? [] : [severalFit(context, others + 1)],
  };
}

/** Nothing at all is a list as well, unless the overlay says that the provider refuses it. */
function readList(context: TypeContext, lists: object, config: ValueRecord, world: World): ReadAnswer {
  const { count, values } = listMade(context, { ...lists }, config, world);
  if (count === 0 && context.overlay?.needsOne === true)
    return { state: null, problems: [nobodyMade(context, config)] };
  const seed = seedOf(context, config);
  const given = { id: `rehearsal-${seed.slice(0, 16)}`, seed, values };
  return { state: complete(context, config, given), problems: [] };
}

/** The values of an ephemeral resource while it is open. */
export function openEphemeral(context: TypeContext, config: Value): ReadAnswer {
  const written = isRecord(config) ? config : {};
  const seed = seedOf(context, written);
  const given = { id: `rehearsal-${seed.slice(0, 16)}`, seed };
  return { state: complete(context, written, given), problems: [] };
}

function complete(context: TypeContext, config: ValueRecord, given: Given): ValueRecord {
  const { block } = context.schema;
  const planned = planObject(
    block,
    { prior: undefined, proposed: config, config },
    { defaultAt: () => undefined, followsChange: () => false },
  );
  const known = Object.entries(given.values ?? {}).flatMap(([name, value]) => {
    const attribute = block.attributes.get(name);
    const conformed = attribute === undefined ? null : conformAttribute(attribute, value);
    return conformed === null ? [] : [[name, conformed] as const];
  });
  return completeResource(context, planned, { ...given, values: Object.fromEntries(known) });
}

function seedOf({ source, typeName }: TypeContext, config: Value): string {
  return digestOf([source, "data", typeName, canonicalText(config)].join("\n"));
}

function nobodyMade(context: TypeContext, config: ValueRecord): ProviderProblem {
  const type = foundTypes(context).join(" or ");
  const wanted = Object.entries(config)
    .map(([name, value]) => [name, canonicalText(value)] as const)
    .filter(([, text]) => text !== "" && text !== "[]" && text !== "{}")
    .map(([name, text]) => `${name} = ${text}`);
  const described = wanted.length === 0 ? "" : ` with ${wanted.join(", ")}`;
  return {
    severity: "error",
    summary: `No ${type} fits`,
    detail:
      `Nothing in this rehearsal has made ${/^[aeiou]/.test(type) ? "an" : "a"} ${type}${described}. ` +
      "A rehearsal knows only what its own stacks made and what it was told of: let a stack that runs before make " +
      `it, or check the name. ${describeGiven(type, plainOf(config))}`,
    path: [],
  };
}

/** What is looked for, as far as it is plain. */
function plainOf(config: ValueRecord): PlainValues {
  return Object.fromEntries(
    Object.entries(config).flatMap(([name, value]) => (isPlain(value) ? [[name, value]] : [])),
  );
}

function isPlain(value: Value): value is PlainValues[string] {
  return (
    (typeof value === "string" && value !== "") || typeof value === "number" || typeof value === "boolean"
  );
}

function severalFit({ typeName }: TypeContext, count: number): ProviderProblem {
  return {
    severity: "warning",
    summary: `${count} of ${typeName} fit`,
    detail:
      "The rehearsal takes the first by id. A real provider may take another or refuse: narrow the search.",
    path: [],
  };
}

function neverRun(typeName: string): ProviderProblem {
  return {
    severity: "warning",
    summary: `Data source "${typeName}" was not run`,
    detail: "A rehearsal runs no programs and asks no network: its values are made up.",
    path: [],
  };
}
