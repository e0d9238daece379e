import { expect, test } from "vitest";
import { providerEngine } from "../../../src/provider/engine.ts";
import type { ParentRule } from "../../../src/provider/parent-rule.ts";
import type { CtyType } from "../../../src/provider/provider-schema.ts";
import { DynamicRecord, UNKNOWN, type Value } from "../../../src/provider/value.ts";
import {
  attribute,
  block,
  blocks,
  contextOf,
  ID,
  memoryWorld,
  NAME,
  nestedAttribute,
} from "./provider-parts.ts";
import { apply, create, destroy } from "./terraform-steps.ts";

const named = block({ id: ID, name: NAME, note: attribute("string", "optional") });
const thing = (name: string, note: string | null = null): Value => ({ id: null, name, note });
const byName = { overlay: { id: "/{REGION}/{name}" }, settings: { region: "north", REGION: "south" } };

test("an id comes from the template, with the settings of the configuration before the overlay's", () => {
  const { state, id } = create(contextOf(named, byName), memoryWorld(), thing("a"));
  expect(state).toEqual({ id: "/north/a", name: "a", note: null });
  expect(id).toBe("[region=north] /north/a");
  const overlay = { id: "{OWNER|nobody}/{name}" };
  expect(create(contextOf(named, { overlay }), memoryWorld(), thing("a")).id).toBe("nobody/a");
});

test("a part of an id that was left out is made up from the other inputs", () => {
  const schema = block({
    id: ID,
    name: attribute("string", "optional computed"),
    note: attribute("string", "optional"),
  });
  const context = contextOf(schema, { overlay: { id: "x/{name}" } });
  const { state } = create(context, memoryWorld(), { id: null, name: null, note: "n" });
  expect(state).toMatchObject({ id: expect.stringMatching(/^x\/rehearsal-name-/) });
});

test("a name that nobody wrote is in the id as well, begins as it was told to, and is a twin's own", () => {
  const text = attribute("string", "optional computed");
  const schema = block(
    { id: ID, bucket: text, bucket_prefix: attribute("string", "optional"), region: text },
    { metadata: blocks("list", block({ name: text, generate_name: attribute("string", "optional") })) },
  );
  const config = (bucket: string | null): Value => ({
    id: null,
    bucket,
    bucket_prefix: "logs-",
    region: null,
    metadata: [{ name: null, generate_name: "job-" }],
  });
  const overlay = { id: "{region}/{bucket}/{metadata.name}", values: { region: "here" } };
  const context = contextOf(schema, { overlay });
  const world = memoryWorld();
  const [one, twin] = [create(context, world, config(null)), create(context, world, config(null))];
  for (const { state, id } of [one, twin]) {
    const [region, bucket, name] = (id ?? "").split("/");
    expect(region).toBe("here");
    expect(bucket).toMatch(/^logs-rehearsal-[0-9a-f]{8}$/);
    expect(name).toMatch(/^job-rehearsal-[0-9a-f]{8}$/);
    expect(state).toEqual({
      id,
      bucket,
      bucket_prefix: "logs-",
      region,
      metadata: [{ name, generate_name: "job-" }],
    });
  }
  expect([...one.problems, ...twin.problems]).toEqual([]);
  expect(new Set(world.all()).size).toBe(2);
});

test("what is made up of an id and the same for all makes no twins", () => {
  const schema = block({ id: ID, name: NAME, group: attribute("string", "optional computed") });
  const context = contextOf(schema, { overlay: { id: "{group}/{name}", values: { group: "default" } } });
  const world = memoryWorld();
  const config = { id: null, name: "a", group: null };
  expect(create(context, world, config).id).toBe("default/a");
  expect(create(context, world, config).problems.map(({ summary }) => summary)).toEqual([
    'cloud_thing "default/a" already exists',
  ]);
});

test("without a template the id comes from all inputs, and twins are counted", () => {
  const context = contextOf(named);
  const world = memoryWorld();
  const twins: readonly Value[] = [thing("a"), thing("a"), thing("a", "other")];
  const ids = twins.map((config) => create(context, world, config).id);
  expect(new Set(ids).size).toBe(3);
  const again = memoryWorld();
  expect(twins.map((one) => create(context, again, one).id)).toEqual(ids);
});

test("an id that is taken is an error, and nothing is made", () => {
  const world = memoryWorld();
  create(contextOf(named, byName), world, thing("a"));
  const { state, id, problems } = create(contextOf(named, byName), world, thing("a", "another"));
  expect({ state, id }).toEqual({ state: null, id: undefined });
  expect(problems.map(({ summary }) => summary)).toEqual(['cloud_thing "/north/a" already exists']);
  const [{ detail } = { detail: "" }] = problems;
  expect(detail).toContain("another stack, or another resource of this one, has made it");
  expect(detail).toContain(
    "an earlier apply made it and ended before it was written down in the state: take it over by " +
      `'refactor: { import: [{ to: ADDRESS, id: "/north/a" }] }' of the stack, or begin anew by 'platc rehearsal reset'`,
  );
  expect(world.all()).toEqual(["[region=north] /north/a"]);
});

test("the same name in another region, account or cluster is another resource", () => {
  const world = memoryWorld();
  const overlay = { id: "{name}", unique: ["name"] };
  const places: Record<string, Value>[] = [
    { region: "north" },
    { region: "south" },
    { host: "https://one.invalid", token: "a" },
    { kubernetes: [{ host: "https://two.invalid" }] },
    { region: "north", assume_role: [{ role_arn: "arn:aws:iam::111111111111:role/x" }] },
  ];
  const answers = places.map((settings) =>
    create(contextOf(named, { overlay, settings }), world, thing("a")),
  );
  expect(answers.flatMap(({ problems }) => problems)).toEqual([]);
  expect(world.all()).toHaveLength(places.length);
  const otherToken = { host: "https://one.invalid", token: "b" };
  expect(
    create(contextOf(named, { overlay, settings: otherToken }), world, thing("a")).problems,
  ).toHaveLength(1);
});

test("a resource of aws may say its own region, as since version 6 of the provider", () => {
  const region = attribute("string", "optional computed");
  const schema = block({ id: ID, name: NAME, region, arn: ID });
  const source = "hashicorp/aws";
  const settings = { region: "eu-west-1", ACCOUNT: "1" };
  const context = contextOf(schema, { source, typeName: "aws_queue", overlay: { id: "{name}" }, settings });
  const world = memoryWorld();
  const at = (place: string | null): Value => ({ id: null, name: "a", region: place, arn: null });
  const [here, there] = [create(context, world, at(null)), create(context, world, at("us-east-1"))];
  expect([...here.problems, ...there.problems]).toEqual([]);
  expect(here.state).toMatchObject({ region: "eu-west-1", arn: "arn:aws:queue:eu-west-1:1:queue/a" });
  expect(there.state).toMatchObject({ region: "us-east-1", arn: "arn:aws:queue:us-east-1:1:queue/a" });
  expect(create(context, world, at("eu-west-1")).problems).toHaveLength(1);
  expect(providerEngine.read(context, there.state, world)).toEqual({ state: there.state, problems: [] });
  expect(providerEngine.importById(context, "a@us-east-1", world).state).toEqual(there.state);
  expect(providerEngine.importById(context, "a", world).state).toEqual(here.state);
  const moved = providerEngine.plan(context, {
    prior: here.state,
    proposed: { ...(here.state as object), region: "us-east-1" },
    config: at("us-east-1"),
  });
  expect(moved.requiresReplace).toEqual([["region"]]);
  expect(destroy(context, world, there.state).problems).toEqual([]);
  expect(world.all()).toEqual([here.id]);
});

test("buckets are one world over all regions", () => {
  const world = memoryWorld();
  const more = { source: "hashicorp/aws", typeName: "aws_s3_bucket", overlay: { id: "{name}" } };
  create(contextOf(named, { ...more, settings: { region: "north" } }), world, thing("a"));
  const second = create(contextOf(named, { ...more, settings: { region: "south" } }), world, thing("a"));
  expect(second.problems.map(({ summary }) => summary)).toEqual(['aws_s3_bucket "a" already exists']);
});

test("a name that is unique clashes although the ids differ, also when it is taken by a change", () => {
  const world = memoryWorld();
  const context = contextOf(named, { overlay: { unique: ["name"] } });
  create(context, world, thing("a"));
  expect(create(context, world, thing("a", "x")).problems).toHaveLength(1);
  const other = create(context, world, thing("b"));
  expect(apply(context, world, other.state, thing("b", "changed")).problems).toEqual([]);
  const renamed = apply(context, world, { ...(other.state as object) }, thing("a"));
  expect(renamed.problems.map(({ summary }) => summary)).toEqual(['cloud_thing "a" already exists']);
  expect(renamed.state).toEqual(other.state);
});

test("a change keeps the id and what was made up", () => {
  const schema = block({ id: ID, note: attribute("string", "optional"), url: ID });
  const world = memoryWorld();
  const first = create(contextOf(schema), world, { id: null, note: "a", url: null });
  const second = apply(contextOf(schema), world, first.state, { id: null, note: "b", url: null });
  expect(second).toEqual({ ...first, state: { ...(first.state as object), note: "b" } });
  expect(world.all()).toEqual([first.id]);
});

test("what only belongs to a parent of the same id goes, whatever stands in the parent", () => {
  const world = memoryWorld();
  const typed = (typeName: string, id: string) => contextOf(named, { typeName, overlay: { id } });
  const parent = typed("cloud_thing", "/group/{name}");
  const policy = typed("cloud_thing_policy", "/group/{name}");
  const made = create(parent, world, thing("a"));
  const belonging = create(policy, world, thing("a"));
  create(typed("cloud_part", "/group/a/parts/{name}"), world, thing("p"));
  expect(destroy(policy, world, belonging.state)).toMatchObject({ state: null, problems: [] });
  expect(destroy(parent, world, made.state).problems).toHaveLength(1);
});

test("a parent with something of another type in it refuses to go", () => {
  const world = memoryWorld();
  const settings = { region: "north" };
  const parent = contextOf(named, { overlay: { id: "/group/{name}" }, settings });
  const child = contextOf(named, {
    typeName: "cloud_part",
    overlay: { id: "/group/a/parts/{name}" },
    settings,
  });
  const made = create(parent, world, thing("a"));
  const sibling = create(parent, world, thing("a/b"));
  const part = create(child, world, thing("p"));
  const refused = destroy(parent, world, made.state);
  expect(refused.state).toEqual(made.state);
  expect(refused.problems.map(({ summary, detail }) => [summary, detail.split(".")[0]])).toEqual([
    ['cloud_thing "/group/a" is not empty', 'It still holds cloud_part "/group/a/parts/p"'],
  ]);
  expect(destroy(child, world, part.state).problems).toEqual([]);
  expect(destroy(parent, world, made.state).problems).toEqual([]);
  expect(destroy(parent, world, sibling.state).problems).toEqual([]);
  expect(world.all()).toEqual([]);
});

test("of two with one name only the one that can hold something refuses to go", () => {
  const resources = new Map();
  const parents: readonly ParentRule[] = [
    { of: ["cloud_*"], attribute: "name", types: ["cloud_space"], by: ["name"], unless: ["*"] },
  ];
  const given = {
    resources,
    overlays: new Map(),
    dataOverlays: new Map(),
    given: [],
    parents,
    protections: [],
  };
  const typed = (typeName: string, id: string) =>
    contextOf(named, { typeName, overlay: { id }, family: given });
  const world = memoryWorld();
  const [space, role] = [typed("cloud_space", "{name}"), typed("cloud_role", "{name}")];
  const [madeSpace, madeRole] = [create(space, world, thing("a")), create(role, world, thing("a"))];
  const foreign = create(typed("other_release", "a/{name}"), world, thing("r"));
  expect(destroy(role, world, madeRole.state).problems).toEqual([]);
  expect(destroy(space, world, madeSpace.state).problems).toHaveLength(1);
  destroy(typed("other_release", "a/{name}"), world, foreign.state);
  const part = create(typed("cloud_part", "a/{name}"), world, thing("p"));
  expect(destroy(space, world, madeSpace.state).problems).toHaveLength(1);
  destroy(typed("cloud_part", "a/{name}"), world, part.state);
  expect(destroy(space, world, madeSpace.state).problems).toEqual([]);
});

test("a parent that is told to takes what is in it along", () => {
  const world = memoryWorld();
  const schema = block({ id: ID, name: NAME, force_destroy: attribute("bool", "optional") });
  const parent = contextOf(schema, { overlay: { id: "{name}" } });
  const made = create(parent, world, { id: null, name: "a", force_destroy: true });
  create(contextOf(named, { typeName: "cloud_part", overlay: { id: "a/{name}" } }), world, thing("p"));
  expect(destroy(parent, world, made.state).problems).toEqual([]);
});

test("what is not there is destroyed without a word", () => {
  const gone = { id: "gone", name: "a", note: null };
  expect(destroy(contextOf(named), memoryWorld(), gone)).toEqual({
    state: null,
    id: undefined,
    problems: [],
  });
});

test("resources whose type has no id are found again, changed and destroyed", () => {
  const schema = block({
    manifest: attribute("dynamic", "required"),
    object: attribute("dynamic", "optional computed"),
  });
  const context = contextOf(schema, { typeName: "kubernetes_manifest" });
  const manifest = (kind: string) => new DynamicRecord(["object", { kind: "string" }], { kind });
  const world = memoryWorld();
  const first = create(context, world, { manifest: manifest("A"), object: null });
  expect(first.state).toEqual({ manifest: manifest("A"), object: manifest("A") });
  const second = apply(context, world, first.state, { manifest: manifest("B"), object: null });
  expect(second.id).toBe(first.id);
  destroy(context, world, second.state);
  expect(world.all()).toEqual([]);
});

test("only what is unknown is replaced, also where an object merely contains it; unknown blocks become empty", () => {
  const objects: CtyType = ["list", ["object", { name: "string", ip_address: "string" }]];
  const schema = block(
    {
      id: ID,
      list: attribute(objects, "optional computed"),
      config: nestedAttribute("list", { name: NAME, arn: ID }, "optional"),
    },
    {
      list_block: blocks("list", named),
      set_block: blocks("set", named),
      map_block: blocks("map", named),
      single_block: blocks("single", named),
      group_block: blocks("group", block({ note: attribute("string", "optional") })),
    },
  );
  const planned: Value = {
    id: UNKNOWN,
    list: [{ name: "kept", ip_address: UNKNOWN }],
    config: [{ name: "kept", arn: UNKNOWN }],
    list_block: UNKNOWN,
    set_block: UNKNOWN,
    map_block: UNKNOWN,
    single_block: UNKNOWN,
    group_block: UNKNOWN,
  };
  const { state } = providerEngine.apply(
    contextOf(schema),
    { prior: null, planned, config: planned },
    memoryWorld(),
  );
  expect(state).toEqual({
    id: expect.stringMatching(/^rehearsal-/),
    list: [{ name: "kept", ip_address: expect.stringMatching(/^192\.0\.2\./) }],
    config: [{ name: "kept", arn: expect.stringMatching(/^arn:aws:/) }],
    list_block: [],
    set_block: [],
    map_block: {},
    single_block: null,
    group_block: { note: null },
  });
});

test("values of the overlay may refer to each other, and keep their types", () => {
  const computed = (type: CtyType) => attribute(type, "computed");
  const schema = block({
    id: ID,
    name: NAME,
    host: ID,
    url: ID,
    port: computed("number"),
    hosts: computed(["list", "string"]),
    self: ID,
  });
  const overlay = {
    id: "{name}",
    values: {
      host: "{name}.{ZONE}",
      url: "https://{host}:{port}",
      port: 5432,
      hosts: ["{host}", "{id}"],
      self: "{self}!",
    },
  };
  const context = contextOf(schema, { overlay, settings: { ZONE: "invalid" } });
  const config = { id: null, name: "db", host: null, url: null, port: null, hosts: null, self: null };
  expect(create(context, memoryWorld(), config).state).toEqual({
    id: "db",
    name: "db",
    host: "db.invalid",
    url: "https://db.invalid:5432",
    port: 5432,
    hosts: ["db.invalid", "db"],
    self: expect.stringMatching(/^rehearsal-self-\w+!$/),
  });
});

test("without an overlay Azure and Kubernetes still have ids in their way", () => {
  const azure = block({ id: ID, name: NAME, resource_group_name: NAME });
  const inAzure = contextOf(azure, {
    source: "hashicorp/azurerm",
    typeName: "azurerm_kubernetes_cluster",
    settings: { subscription_id: "s" },
  });
  expect(
    create(inAzure, memoryWorld(), { id: null, name: "k", resource_group_name: "g" }).state,
  ).toMatchObject({
    id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Rehearsal/kubernetes_cluster/k",
  });
  const metadata = block({
    name: attribute("string", "optional computed"),
    namespace: attribute("string", "optional"),
  });
  const kubernetes = contextOf(block({ id: ID }, { metadata: blocks("list", metadata) }), {
    source: "hashicorp/kubernetes",
  });
  const made = (namespace: string | null) =>
    create(kubernetes, memoryWorld(), { id: null, metadata: [{ name: "n", namespace }] }).id;
  expect([made("team"), made(null)]).toEqual(["team/n", "default/n"]);
});

test("in a list, a value of the overlay refers to what stands beside it", () => {
  const port = block({ number: attribute("number", "required"), target: ID, of: ID });
  const schema = block(
    { id: ID, name: NAME },
    { rule: blocks("list", block({}, { port: blocks("list", port) })) },
  );
  const values = { "rule.port.target": "{rule.port.number}", "rule.port.of": "{name}" };
  const context = contextOf(schema, { overlay: { id: "/{name}", values } });
  const one = (number: number): Value => ({ number, target: null, of: null });
  const config: Value = { id: null, name: "a", rule: [{ port: [one(80)] }, { port: [one(443), one(8080)] }] };
  expect(create(context, memoryWorld(), config).state).toMatchObject({
    rule: [
      { port: [{ target: "80", of: "a" }] },
      {
        port: [
          { target: "443", of: "a" },
          { target: "8080", of: "a" },
        ],
      },
    ],
  });
});
