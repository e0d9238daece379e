import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { providerEngine } from "../../../src/provider/engine.ts";
import type { ProtectionRule } from "../../../src/provider/protection-rule.ts";
import type { TypeContext } from "../../../src/provider/provider-engine.ts";
import { readOverlay } from "../../../src/provider/read-overlay.ts";
import { attribute, block, contextOf, ID, memoryWorld, NAME } from "./provider-parts.ts";
import { apply, create, destroy } from "./terraform-steps.ts";

const bool = attribute("bool", "optional");
const text = attribute("string", "optional");
const schema = block({ id: ID, name: NAME, locked: bool, force: bool, skip: bool, copy: text });
const config = { id: null, name: "a", locked: null, force: null, skip: null, copy: null };

function contextWith(protections: readonly ProtectionRule[]): TypeContext {
  const family = {
    resources: new Map(),
    overlays: new Map(),
    dataOverlays: new Map(),
    parents: [],
    given: [],
    protections,
  };
  return contextOf(schema, { family, overlay: { id: "x/{name}" } });
}

describe("what is protected is not deleted", () => {
  const context = contextWith([{ of: ["cloud_*"], attribute: "locked", unless: "force" }]);

  test("as long as what was applied last says so", () => {
    const world = memoryWorld();
    const locked = create(context, world, { ...config, locked: true });
    const refused = destroy(context, world, locked.state);
    expect(refused.state).toEqual(locked.state);
    expect(refused.problems).toEqual([
      {
        severity: "error",
        summary: `cloud_thing "a" is protected from deletion: 'locked' is true`,
        detail:
          "The cloud or its provider refuses to delete it so. Turn 'locked' off, or 'force' to true, apply that, and " +
          "only then destroy or replace it: what counts is what was applied last.",
        path: [],
      },
    ]);
    expect(world.all()).toEqual(["x/a"]);
    const open = apply(context, world, locked.state, { ...config, locked: false });
    expect(destroy(context, world, open.state).problems).toEqual([]);
    expect(world.all()).toEqual([]);
  });

  test("unless another attribute lifts it", () => {
    const world = memoryWorld();
    const { state } = create(context, world, { ...config, locked: true, force: true });
    expect(destroy(context, world, state).problems).toEqual([]);
  });

  test("where the type has the attribute, and is named", () => {
    for (const rule of [
      { of: ["cloud_thing"], attribute: "guarded", while: [true, null] },
      { of: ["cloud_other"], attribute: "locked" },
    ]) {
      const other = contextWith([rule]);
      const world = memoryWorld();
      const { state } = create(other, world, { ...config, locked: true });
      expect(destroy(other, world, state).problems).toEqual([]);
    }
  });

  test("and what is gone already is no matter", () => {
    expect(destroy(context, memoryWorld(), { ...config, id: "x/a", locked: true }).problems).toEqual([]);
  });
});

test("what a delete needs is asked for, where nobody wrote it too", () => {
  const context = contextWith([
    { of: ["cloud_thing"], attribute: "skip", while: [false, null], needs: "copy" },
  ]);
  const after = (given: Partial<typeof config> | Record<string, boolean | string>) => {
    const world = memoryWorld();
    const { state } = create(context, world, { ...config, ...given });
    return destroy(context, world, state).problems.map(({ summary }) => summary);
  };
  expect(after({})).toEqual([`cloud_thing "a" cannot be deleted: 'skip' is not set, and 'copy' is not set`]);
  expect(after({ skip: false, copy: "" })).toEqual([
    `cloud_thing "a" cannot be deleted: 'skip' is false, and 'copy' is not set`,
  ]);
  expect(after({ copy: "last" })).toEqual([]);
  expect(after({ skip: true })).toEqual([]);
});

test("the rules of platc's own overlays are read", () => {
  for (const name of ["aws", "google"]) {
    const path = `schema/providers/hashicorp/${name}.overlay.yaml`;
    const { overlay, problems } = readOverlay(readFileSync(path, "utf8"), path, `hashicorp/${name}`);
    expect(problems).toEqual([]);
    expect(overlay.protections?.length).toBeGreaterThan(2);
  }
});

test("a rule that says nothing is told by its line", () => {
  const overlay = `source: example/cloud
protections:
  - { of: [cloud_thing], attribute: locked, while: [ACTIVE, null] }
  - { of: [cloud_thing] }
  - { of: [cloud_thing], attribute: locked, while: true }
  - { of: [cloud_thing], attribute: locked, until: x }
`;
  const { overlay: read, problems } = readOverlay(overlay, "a.yaml", "example/cloud");
  expect(read.protections).toEqual([{ of: ["cloud_thing"], attribute: "locked", while: ["ACTIVE", null] }]);
  const message =
    "a rule of 'protections' has 'of' as a list of names and 'attribute' as a text, and may have 'while' as a list of values, 'unless' and 'needs' as texts";
  expect(problems).toEqual([4, 5, 6].map((line) => ({ path: "a.yaml", line, message })));
  const wrong = readOverlay("source: example/cloud\nprotections: yes\n", "a.yaml", "example/cloud");
  expect(wrong.problems.map((one) => one.message)).toEqual(["'protections' must be a list of rules"]);
});

test("what the cloud writes over is made with a warning, and where an attribute has to say so, only then", () => {
  const always = contextOf(schema, { overlay: { id: "{name}", overwrites: true } });
  const world = memoryWorld();
  create(always, world, { ...config, copy: "1" });
  const second = create(always, world, { ...config, copy: "2" });
  expect(second.state).toMatchObject({ id: "a", copy: "2" });
  expect(second.problems).toMatchObject([
    { severity: "warning", summary: 'cloud_thing "a" was there already, and is written over' },
  ]);
  expect(providerEngine.read(always, second.state, world).state).toEqual(second.state);

  const asked = contextOf(schema, { overlay: { id: "{name}", overwrites: "force" } });
  expect(create(asked, world, config).problems).toMatchObject([{ severity: "error" }]);
  expect(create(asked, world, { ...config, force: true }).problems).toMatchObject([{ severity: "warning" }]);
});
