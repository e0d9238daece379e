import fc from "fast-check";
import { expect, test } from "vitest";
import { runInOrder, type Schedule } from "../../../src/run/schedule.ts";

interface Scenario {
  readonly nodes: readonly string[];
  readonly upstreamOf?: Readonly<Record<string, readonly string[]>>;
  readonly parallelism?: number;
  readonly stops?: readonly string[];
  readonly throws?: readonly string[];
  /** After how many ended nodes the run is interrupted. */
  readonly abortAfter?: number;
  /** How many turns of the event loop each node takes. */
  readonly turns?: Readonly<Record<string, number>>;
}

async function play(scenario: Scenario) {
  const { nodes, upstreamOf = {}, parallelism = 2, stops = [], throws = [], turns = {} } = scenario;
  const log: string[] = [];
  const blocked: Record<string, string> = {};
  const skipped: string[] = [];
  const interruption = new AbortController();
  let running = 0;
  let most = 0;
  let ended = 0;
  const schedule: Schedule = {
    nodes,
    upstreamOf: new Map(Object.entries(upstreamOf)),
    parallelism,
    signal: interruption.signal,
    blocked: (node, culprit) => (blocked[node] = culprit),
    skipped: (node) => skipped.push(node),
    run: async (node) => {
      most = Math.max(most, ++running);
      log.push(`+${node}`);
      for (let turn = 0; turn < (turns[node] ?? 1); turn++) await new Promise((done) => setImmediate(done));
      log.push(`-${node}`);
      running--;
      if (++ended === scenario.abortAfter) interruption.abort();
      if (throws.includes(node)) throw new Error(`a bug at ${node}`);
      return stops.includes(node) ? "stop" : "go-on";
    },
  };
  const error = await runInOrder(schedule).then(
    () => undefined,
    (caught: unknown) => (caught as Error).message,
  );
  const begun = log.filter((line) => line.startsWith("+")).map((line) => line.slice(1));
  return { log, begun, blocked, skipped, most, running, error };
}

test("nothing to do", async () => {
  expect(await play({ nodes: [] })).toMatchObject({ begun: [], blocked: {}, skipped: [] });
});

test("what comes after a node waits for it, and nothing else does", async () => {
  const { log } = await play({
    nodes: ["a", "b", "c"],
    upstreamOf: { c: ["a"] },
    turns: { b: 10 },
  });
  expect(log).toEqual(["+a", "+b", "-a", "+c", "-c", "-b"]);
});

test("where several could start, the order of the nodes decides", async () => {
  const { begun } = await play({
    nodes: ["a", "b", "c", "d"],
    upstreamOf: { b: ["a"] },
    parallelism: 1,
  });
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

test("a node that stops holds up its dependents, theirs too, and is named as the culprit", async () => {
  const played = await play({
    nodes: ["a", "b", "c", "d", "other"],
    upstreamOf: { b: ["a"], c: ["b"], d: ["c", "other"] },
    stops: ["a"],
  });
  expect(played.blocked).toEqual({ b: "a", c: "a", d: "a" });
  expect(played.begun).toEqual(["a", "other"]);
  expect(played.skipped).toEqual([]);
});

test("what is blocked twice is told once", async () => {
  const { blocked } = await play({
    nodes: ["a", "b", "c"],
    upstreamOf: { c: ["a", "b"] },
    stops: ["a", "b"],
    turns: { b: 3 },
  });
  expect(blocked).toEqual({ c: "a" });
});

test("upstreams that are not part of it hold nothing up", async () => {
  expect(await play({ nodes: ["b"], upstreamOf: { b: ["a"] } })).toMatchObject({ begun: ["b"] });
});

test("interrupted: what runs ends, nothing is begun, the rest is told", async () => {
  const played = await play({
    nodes: ["a", "b", "c", "d"],
    upstreamOf: { c: ["a"] },
    turns: { b: 5 },
    abortAfter: 1,
  });
  expect(played.log).toEqual(["+a", "+b", "-a", "-b"]);
  expect(played.skipped.sort()).toEqual(["c", "d"]);
});

test("work that throws ends the run, but not before what runs beside it has ended", async () => {
  const played = await play({ nodes: ["a", "b", "c"], throws: ["a"], turns: { b: 9 } });
  expect(played).toMatchObject({ error: "a bug at a", running: 0, begun: ["a", "b"] });
});

test("any graph: in order, no more than so many at once, no node lost or run twice", async () => {
  const graph = fc.integer({ min: 1, max: 9 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 14 }),
      stops: fc.array(fc.nat(size - 1), { maxLength: 2 }),
      turns: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: size, maxLength: size }),
      parallelism: fc.integer({ min: 1, max: 4 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(graph, async ({ size, edges, stops, turns, parallelism }) => {
      const name = (index: number): string => `n${index}`;
      const nodes = Array.from({ length: size }, (_, index) => name(index));
      const upstreamOf: Record<string, string[]> = {};
      for (const [left, right] of edges) {
        const [upstream, node] = [Math.min(left, right), Math.max(left, right)];
        if (upstream !== node) (upstreamOf[name(node)] ??= []).push(name(upstream));
      }
      const played = await play({
        nodes,
        upstreamOf,
        parallelism,
        stops: stops.map(name),
        turns: Object.fromEntries(nodes.map((node, index) => [node, turns[index] ?? 1])),
      });
      expect(played.most).toBeLessThanOrEqual(parallelism);
      expect([...played.begun, ...Object.keys(played.blocked)].sort()).toEqual([...nodes].sort());
      for (const node of played.begun)
        for (const upstream of upstreamOf[node] ?? [])
          expect(played.log.indexOf(`-${upstream}`)).toBeLessThan(played.log.indexOf(`+${node}`));
      for (const culprit of Object.values(played.blocked)) expect(stops.map(name)).toContain(culprit);
    }),
  );
});
