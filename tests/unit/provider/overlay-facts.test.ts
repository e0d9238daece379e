import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readOverlay } from "../../../src/provider/read-overlay.ts";
import type { TypeOverlay } from "../../../src/provider/type-overlay.ts";

/** What the source of a provider says of a type, in the words of an overlay; schema/provider-facts.mjs writes it. */
interface TypeFacts {
  readonly force_new?: readonly string[];
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly sensitive?: readonly string[];
  readonly exactly_one_of?: readonly (readonly string[])[];
  readonly at_least_one_of?: readonly (readonly string[])[];
  readonly conflicts?: readonly (readonly string[])[];
  readonly required_with?: Readonly<Record<string, readonly string[]>>;
}

const SOURCE = "hashicorp/azurerm";
const facts = JSON.parse(readFileSync(`tests/schemas/facts/${SOURCE}.json`, "utf8")) as {
  readonly version: string;
  readonly resources: Readonly<Record<string, TypeFacts>>;
};
const text = readFileSync(`schema/providers/${SOURCE}.overlay.yaml`, "utf8");
const { overlay } = readOverlay(text, SOURCE, SOURCE, facts.version);

describe(`the overlay of ${SOURCE} says what the source of ${facts.version} says`, () => {
  test("of every type, and of no other", () => {
    expect([...overlay.resources.keys()].sort()).toEqual(Object.keys(facts.resources).sort());
  });

  test.each(Object.entries(facts.resources))("of %s", (name, said) => {
    expect(inWordsOfFacts(overlay.resources.get(name)!)).toEqual(inWordsOfFacts(readFacts(said)));
  });
});

type Compared = Omit<TypeOverlay, "id" | "unique" | "values" | "match">;

function readFacts(said: TypeFacts): Compared {
  const { force_new, exactly_one_of, at_least_one_of, required_with, ...rest } = said;
  return {
    ...rest,
    forceNew: force_new ?? [],
    exactlyOneOf: exactly_one_of ?? [],
    atLeastOneOf: at_least_one_of ?? [],
    requiredWith: required_with ?? {},
  };
}

/** In any order, and empty where there is nothing. */
function inWordsOfFacts(type: Compared): Readonly<Record<string, unknown>> {
  const names = (list: readonly string[] = []): readonly string[] => [...list].sort();
  const groups = (lists: readonly (readonly string[])[] = []): readonly string[] =>
    lists.map((list) => names(list).join(" ")).sort();
  return {
    forceNew: names(type.forceNew),
    defaults: type.defaults ?? {},
    sensitive: names(type.sensitive),
    exactlyOneOf: groups(type.exactlyOneOf),
    atLeastOneOf: groups(type.atLeastOneOf),
    conflicts: groups(type.conflicts),
    requiredWith: Object.fromEntries(
      Object.entries(type.requiredWith ?? {}).map(([name, list]) => [name, names(list)]),
    ),
  };
}
