import { expect, test } from "vitest";
import { drawDot, drawMermaid, drawText } from "../../../src/generate/draw-graph.ts";
import { stackGraph } from "../../../src/generate/stack-graph.ts";
import { platformOf } from "../stacks/platforms.ts";

const platform = await platformOf(`
version: 1
platform: p
state: { backend: local }
environments: { global: { shared: true }, dev: {} }
stacks:
  registry: { environments: [global], module: test/tiny }
  raw: { address: storage/raw, module: test/tiny }
  middle: { module: test/tiny, inputs: { name: "{{outputs.raw.id}}" } }
  end: { after: [middle, registry], stage: deploy, module: test/tiny }
`);
const graph = stackGraph(platform, new Set(["global/registry", "dev/storage/raw", "dev/end"]));

test("waves count stages; edges are dependence, kept through what is left out", () => {
  expect(drawText(graph)).toBe(`wave 1
  dev/storage/raw
  global/registry

wave 2
  dev/end
    <- dev/storage/raw
    <- global/registry
`);
});

test("mermaid, with boxes for environments and names that are no keywords", () => {
  expect(drawMermaid(graph)).toBe(`flowchart LR
  subgraph e0["dev"]
    s0["dev/storage/raw<br/>provision"]
    s2["dev/end<br/>deploy"]
  end
  subgraph e1["global"]
    s1["global/registry<br/>provision"]
  end
  s0 --> s2
  s1 --> s2
`);
});

test("no sign of a name becomes one of the drawing's own", () => {
  const strange = [{ address: 'a"];<b>#\n`', environment: "e\\", stage: "s", wave: 0, dependsOn: [] }];
  expect(drawMermaid(strange)).toContain('["a#34;#93;#59;#60;b#62;#35;#10;#96;<br/>s"]');
  expect(drawDot(strange)).toContain('"a\\"];<b>#\\n`" [label=');
  expect(drawDot(strange)).toContain('label="e\\\\";');
});

test("dot, with a cluster for each environment", () => {
  expect(drawDot(graph)).toBe(`digraph platform {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_0 {
    label="dev";
    "dev/storage/raw" [label="dev/storage/raw\\nprovision"];
    "dev/end" [label="dev/end\\ndeploy"];
  }
  subgraph cluster_1 {
    label="global";
    "global/registry" [label="global/registry\\nprovision"];
  }
  "dev/storage/raw" -> "dev/end";
  "global/registry" -> "dev/end";
}
`);
});

test("nothing selected is said", () => expect(drawText([])).toBe("no stack is selected\n"));
