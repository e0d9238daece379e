import fc from "fast-check";
import { expect, test } from "vitest";
import { isGate, orderStacks } from "../../../src/stacks/order-stacks.ts";
import { orderSelection } from "../../../src/stacks/order-selection.ts";
import type { Platform } from "../../../src/stacks/platform-model.ts";
import type { Stack } from "../../../src/stacks/stack.ts";
import { comesAfter } from "../graph/graphs.ts";
import { platformOf } from "./platforms.ts";

const platform = await platformOf(`
version: 1
platform: p
state: { backend: local }
environments: { dev: {}, prod: { after: dev } }
customers: { acme: { apps: [hive] }, globex: { apps: [hive], environments: { dev: {} } } }
apps: { hive: {} }
stacks:
  raw: { module: test/tiny }
  middle: { module: test/tiny, inputs: { name: "{{outputs.raw.id}}" } }
  last: { after: [middle], module: test/tiny }
  hive-db: { app: hive, per: customer, module: test/tiny }
  hive: { app: hive, per: customer, stage: deploy, module: test/tiny }
`);

const ordered = (...addresses: string[]): unknown => {
  const { waves, upstreamOf } = orderSelection(platform, new Set(addresses));
  return { waves, upstreamOf: Object.fromEntries(upstreamOf) };
};

test("order is kept through a stack that is left out", () => {
  expect(ordered("dev/last", "dev/raw")).toEqual({
    waves: [["dev/raw"], ["dev/last"]],
    upstreamOf: { "dev/last": ["dev/raw"], "dev/raw": [] },
  });
});

test("stages order, through stages without a stack too, and hold up no other customer", () => {
  expect(ordered("dev/acme/hive", "dev/acme/hive-db", "dev/globex/hive", "dev/raw")).toEqual({
    waves: [
      ["dev/acme/hive-db", "dev/raw"],
      ["dev/acme/hive", "dev/globex/hive"],
    ],
    upstreamOf: {
      "dev/acme/hive": ["dev/acme/hive-db", "dev/raw"],
      "dev/acme/hive-db": [],
      "dev/globex/hive": ["dev/raw"],
      "dev/raw": [],
    },
  });
});

test("nothing selected is no wave", () => {
  expect(ordered()).toEqual({ waves: [], upstreamOf: {} });
});

/** Stacks with any acyclic order among them in any stages, not contradicting the stages. */
const anyPlatform: fc.Arbitrary<Platform> = fc
  .array(
    fc.record({
      stage: fc.integer({ min: 0, max: 2 }),
      customer: fc.constantFrom(undefined, "acme", "globex"),
      upstreams: fc.array(fc.nat(9), { maxLength: 3 }),
    }),
    { maxLength: 10 },
  )
  .map((written) => {
    const placed = [...written].sort((left, right) => left.stage - right.stage);
    const stages = ["one", "two", "three"];
    const stacks = placed.map(({ stage, customer, upstreams }, at) => ({
      address: `s${at}`,
      stage: stages[stage],
      customer,
      environment: { name: "dev" },
      upstream: [...new Set(upstreams)].filter((one) => one < at).map((one) => `s${one}`),
    })) as unknown as Stack[];
    return { stacks, order: orderStacks(stacks, stages) } as unknown as Platform;
  });

test("selecting keeps what comes after what, and adds nothing", () => {
  fc.assert(
    fc.property(anyPlatform, fc.infiniteStream(fc.boolean()), (any, coin) => {
      const kept = any.stacks.map((stack) => stack.address).filter(() => coin.next().value === true);
      const { upstreamOf, waves } = orderSelection(any, new Set(kept));
      expect(waves.flat().sort()).toEqual([...kept].sort());
      expect([...upstreamOf].flatMap(([node, upstreams]) => [node, ...upstreams]).filter(isGate)).toEqual([]);
      const reduced = { nodes: kept, upstreamOf };
      const waveOf = new Map(waves.flatMap((wave, at) => wave.map((address) => [address, at] as const)));
      for (const late of kept) {
        for (const early of kept) {
          const isAfter = comesAfter(any.order, late, early);
          expect(comesAfter(reduced, late, early)).toBe(isAfter);
          if (isAfter) expect(waveOf.get(late)).toBeGreaterThan(waveOf.get(early) ?? -1);
        }
      }
    }),
  );
});

test("an environment of 2,000 stacks in four stages is ordered", () => {
  const stages = ["a", "b", "c", "d"];
  const stacks = Array.from({ length: 2000 }, (_, at) => ({
    address: `s${at}`,
    stage: stages[at % 4],
    customer: undefined,
    environment: { name: "dev" },
    upstream: [],
  })) as unknown as Stack[];
  const wide = { stacks, order: orderStacks(stacks, stages) } as unknown as Platform;
  const { waves } = orderSelection(wide, new Set(stacks.map((stack) => stack.address)));
  expect(waves.map((wave) => wave.length)).toEqual([500, 500, 500, 500]);
});
