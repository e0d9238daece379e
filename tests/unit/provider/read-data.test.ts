import { expect, test } from "vitest";
import { providerEngine } from "../../../src/provider/engine.ts";
import { ownId } from "../../../src/provider/configuration-scope.ts";
import type { TypeContext } from "../../../src/provider/provider-engine.ts";
import { UNKNOWN, type Value } from "../../../src/provider/value.ts";
import {
  attribute,
  block,
  blocks,
  contextOf,
  ID,
  memoryWorld,
  NAME,
  type MemoryWorld,
} from "./provider-parts.ts";
import { create } from "./terraform-steps.ts";

const { readData, openEphemeral, importById, read } = providerEngine;
const tags = attribute(["map", "string"], "optional");
const network = block(
  { id: ID, name: NAME, cidr: attribute("string", "optional"), tags, arn: ID },
  { subnet: blocks("set", block({ name: NAME, prefix: attribute("string", "optional") })) },
);
const made = contextOf(network, { typeName: "cloud_network", overlay: { id: "/{name}" } });
const subnet = (name: string): Value => ({ name, prefix: null });

function worldWith(...names: readonly string[]): MemoryWorld {
  const world = memoryWorld();
  for (const name of names) {
    const config: Value = {
      id: null,
      name,
      cidr: null,
      tags: { Name: `tag-${name}` },
      arn: null,
      subnet: [subnet("a"), subnet(name)],
    };
    create(made, world, config);
  }
  return world;
}

const optional = attribute("string", "optional");
const filter = blocks("set", block({ name: NAME, values: attribute(["set", "string"], "required") }));
const search = block(
  {
    id: ID,
    name: attribute("string", "optional computed"),
    most_recent: attribute("bool", "optional"),
    arn: ID,
    size: ID,
  },
  { subnet: blocks("list", block({ name: optional })), filter },
);
const nothing = { id: null, name: null, most_recent: null, arn: null, size: null, subnet: [], filter: [] };

function find(world: MemoryWorld, config: object, more: Partial<TypeContext> = {}) {
  const { schema: _, ...rest } = more;
  return readData(
    contextOf(search, { typeName: "cloud_network", ...rest }),
    { ...nothing, ...config },
    world,
  );
}

test("a data source finds what was made, and has its values", () => {
  const world = worldWith("x", "y");
  const { state, problems } = find(world, { name: "y", most_recent: true });
  expect(problems).toEqual([]);
  expect(state).toEqual({
    ...nothing,
    id: "/y",
    name: "y",
    most_recent: true,
    arn: (world.find("example/cloud", "cloud_network", "/y")!.value as { readonly arn: string }).arn,
    size: expect.stringMatching(/^rehearsal-size-/),
  });
});

test("it searches by blocks, by tags and by what the overlay says", () => {
  const world = worldWith("x", "y");
  expect(find(world, { subnet: [{ name: "y" }] }).state).toMatchObject({ id: "/y" });
  expect(find(world, { filter: [{ name: "tag:Name", values: ["*-x"] }] }).state).toMatchObject({ id: "/x" });
  expect(find(world, { filter: [{ name: "tag:Other", values: ["*"] }] }).state).toBe(null);
  const overlay = { match: ["most_recent", "name"] };
  expect(find(world, { name: "x", subnet: [{ name: "nowhere" }] }, { overlay }).state).toMatchObject({
    id: "/x",
  });
  const elsewhere = { typeName: "cloud_network_v1", overlay: { finds: "cloud_network" } };
  expect(find(world, { name: "x" }, elsewhere).state).toMatchObject({ id: "/x" });
});

test("what nobody made is an error that says so, also where another region has it", () => {
  const { state, problems } = find(worldWith("x"), { name: "z" });
  expect(state).toBe(null);
  expect(problems).toEqual([
    {
      severity: "error",
      summary: "No cloud_network fits",
      detail: expect.stringContaining('Nothing in this rehearsal has made a cloud_network with name = "z".'),
      path: [],
    },
  ]);
  expect(find(worldWith("x"), { name: "x" }, { settings: { region: "south" } }).state).toBe(null);
  const planned = find(worldWith("x"), { name: "x" }, { settings: { host: UNKNOWN } });
  expect(planned.state).toMatchObject({ id: "/x" });
});

test("where several fit the first is taken, with a warning", () => {
  const { state, problems } = find(worldWith("y", "x"), {});
  expect(state).toMatchObject({ id: "/x" });
  expect(problems.map(({ severity, summary }) => [severity, summary])).toEqual([
    ["warning", "2 of cloud_network fit"],
  ]);
});

function standing(typeName: string, names: readonly string[], config: Readonly<Record<string, Value>> = {}) {
  const schema = block({
    ...Object.fromEntries(
      names.map((name) => [name, name.endsWith("s") ? attribute(["list", "string"], "computed") : ID]),
    ),
    ...Object.fromEntries(Object.keys(config).map((name) => [name, optional])),
  });
  const settings = { region: "eu-west-1", ACCOUNT: "123456789012" };
  const context = contextOf(schema, { source: "hashicorp/aws", typeName, settings });
  const all = { ...Object.fromEntries(names.map((name) => [name, null])), ...config };
  return readData(context, all, memoryWorld());
}

test("what has no resource behind it is the same everywhere", () => {
  expect(standing("aws_caller_identity", ["account_id", "arn"]).state).toEqual({
    account_id: "123456789012",
    arn: "arn:aws:iam::123456789012:user/rehearsal",
  });
  expect(standing("aws_region", ["name", "id"]).state).toEqual({ name: "eu-west-1", id: "eu-west-1" });
  expect(standing("aws_partition", ["partition"]).state).toEqual({ partition: "aws" });
  expect(standing("aws_availability_zones", ["names"]).state).toEqual({
    names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
  });
  expect(standing("aws_ami", ["id", "architecture"], { owner: "self" })).toEqual({
    state: { id: "ami-0rehearsal0000000", architecture: "x86_64", owner: "self" },
    problems: [],
  });
});

test("a parameter that AWS publishes is there; every other one somebody must have made", () => {
  const image = { name: "/aws/service/ami-amazon-linux-latest/al2023" };
  expect(standing("aws_ssm_parameter", ["insecure_value"], image).state).toEqual({
    ...image,
    insecure_value: "ami-0rehearsal0000000",
  });
  const own = standing("aws_ssm_parameter", ["insecure_value"], { name: "/own/password" });
  expect(own).toMatchObject({ state: null, problems: [{ severity: "error" }] });
});

test("a type of which the overlay says that it finds nothing is made up, the same each time", () => {
  const overlay = { finds: null };
  const first = find(memoryWorld(), { name: "x" }, { overlay });
  expect(first.problems).toEqual([]);
  expect(first.state).toMatchObject({ name: "x", arn: expect.stringMatching(/^arn:/) });
  expect(find(worldWith("x"), { name: "x" }, { overlay })).toEqual(first);
});

test("programs are not run and the network is not asked", () => {
  const schema = block({ url: NAME, response_body: ID, id: ID });
  const context = contextOf(schema, { source: "hashicorp/http", typeName: "http" });
  const { state, problems } = readData(
    context,
    { url: "https://example.com", response_body: null, id: null },
    memoryWorld(),
  );
  expect(state).toMatchObject({
    url: "https://example.com",
    response_body: expect.stringMatching(/^rehearsal-/),
  });
  expect(problems.map(({ severity, summary }) => [severity, summary])).toEqual([
    ["warning", 'Data source "http" was not run'],
  ]);
});

test("an ephemeral resource has values while it is open", () => {
  const context = contextOf(block({ name: NAME, token: ID }));
  expect(openEphemeral(context, { name: "x", token: null })).toEqual({
    state: { name: "x", token: expect.stringMatching(/^rehearsal-token-/) },
    problems: [],
  });
});

test("what exists is imported by its id", () => {
  const world = worldWith("x");
  const [one] = world.list("example/cloud", "cloud_network");
  expect(importById(made, "/x", world)).toEqual({ state: one!.value, problems: [] });
  const missing = importById(made, "/z", world);
  expect(missing.state).toBe(null);
  expect(missing.problems.map(({ summary }) => summary)).toEqual([
    "Cannot import non-existent remote object",
  ]);
});

test("what was changed in the world is read; what it does not know is adopted", () => {
  const world = worldWith("x");
  const [one] = world.list("example/cloud", "cloud_network");
  world.put("example/cloud", "cloud_network", {
    id: "/x",
    value: { ...(one!.value as object), cidr: "drift" },
  });
  expect(read(made, one!.value, world).state).toMatchObject({ id: "/x", cidr: "drift" });
  expect(read(made, one!.value, memoryWorld())).toEqual({ state: one!.value, problems: [], adoptedId: "/x" });
  const elsewhere: TypeContext = { ...made, settings: { host: UNKNOWN } };
  expect(read(elsewhere, one!.value, memoryWorld())).toEqual({ state: one!.value, problems: [] });
  expect(read(made, null, world)).toEqual({ state: null, problems: [] });
});

test("what was made in another region, account or server is not there, and is made anew", () => {
  const at = (settings: TypeContext["settings"], id = "{name}"): TypeContext => ({
    ...made,
    overlay: { id },
    settings,
  });
  const config: Value = { id: null, name: "x", cidr: null, tags: null, arn: null, subnet: [] };
  const world = memoryWorld();
  const { state, id } = create(at({ region: "north", profile: "a" }), world, config);
  const ofRead = (context: TypeContext) => read(context, state, world);
  expect(ofRead(at({ region: "south", profile: "a" }))).toEqual({ state: null, problems: [] });
  // A profile may mean the same account, and a setting that is new the same region.
  const same: readonly TypeContext["settings"][] = [
    { region: "north", profile: "b" },
    { region: "north", host: "h" },
    { region: UNKNOWN },
  ];
  for (const settings of same) expect(ofRead(at(settings))).toEqual({ state, problems: [] });
  expect(world.all()).toEqual([id]);
  const absolute = "/subscriptions/{SUB}/x/{name}";
  const first = at({ subscription_id: "1", SUB: "1" }, absolute);
  const made1 = create(first, world, config);
  const second = at({ subscription_id: "2", SUB: "2" }, absolute);
  expect(read(second, made1.state, world)).toEqual({ state: made1.state, problems: [] });
});

test("places may hold what parts them from the id", () => {
  const settings = { host: "https://[::1]:6443", config_path: "/my home/config" };
  const context: TypeContext = { ...made, overlay: { id: "{name}", unique: ["name"] }, settings };
  const world = memoryWorld();
  const config: Value = { id: null, name: "x", cidr: null, tags: null, arn: null, subnet: [] };
  create(context, world, config);
  const [clash] = create(context, world, config).problems;
  expect(clash?.summary).toBe('cloud_network "x" already exists');
  expect(world.all().map(ownId)).toEqual(["x"]);
});

const names = attribute(["list", "string"], "computed");
const many = block(
  {
    id: ID,
    ids: names,
    names: attribute(["set", "string"], "computed"),
    name_prefix: optional,
    tags,
    matching: optional,
  },
  { filter },
);
const searched = {
  id: null,
  ids: null,
  names: null,
  name_prefix: null,
  tags: null,
  matching: null,
  filter: [],
};

function list(world: MemoryWorld, config: object, overlay?: TypeContext["overlay"], more: object = {}) {
  const context = contextOf(many, { typeName: "cloud_networks", ...(overlay && { overlay }), ...more });
  const { state, problems } = readData(context, { ...searched, ...config }, world);
  return problems.length > 0
    ? problems.map(({ summary }) => summary)
    : (state as { readonly ids: Value }).ids;
}

test("a data source of many lists all that stands and fits, in the order of ids, and nothing where nothing does", () => {
  const world = worldWith("y", "x", "xy");
  expect(list(world, {})).toEqual(["/x", "/xy", "/y"]);
  expect(list(world, { tags: { Name: "tag-y" } })).toEqual(["/y"]);
  expect(list(world, { name_prefix: "x" })).toEqual(["/x", "/xy"]);
  expect(list(world, { filter: [{ name: "name", values: ["?y", "x"] }] })).toEqual(["/x", "/xy"]);
  expect(list(world, { filter: [{ name: "tag-key", values: ["Name"] }] })).toEqual(["/x", "/xy", "/y"]);
  expect(list(world, { filter: [{ name: "tag-key", values: ["Owner"] }] })).toEqual([]);
  expect(list(world, { tags: { Name: "nobody" } })).toEqual([]);
  expect(list(memoryWorld(), {})).toEqual([]);
  expect(list(world, {}, undefined, { settings: { region: "south" } })).toEqual([]);
});

test("the overlay says what is listed, what an argument means, and whether nothing at all is refused", () => {
  const world = worldWith("x", "y");
  const overlay = {
    finds: "cloud_network",
    lists: { ids: "{id}", names: "{name}!" },
    filters: { matching: "name", "network-name": "name" },
    needsOne: true,
  };
  const { state } = readData(contextOf(many, { typeName: "cloud_nets", overlay }), searched, world);
  expect(state).toMatchObject({ ids: ["/x", "/y"], names: ["x!", "y!"], tags: null, name_prefix: null });
  expect(list(world, { matching: "y" }, overlay)).toEqual(["/y"]);
  expect(list(world, { filter: [{ name: "network-name", values: ["x*"] }] }, overlay)).toEqual(["/x"]);
  expect(list(world, { matching: "z" }, overlay)).toEqual(["No cloud_network fits"]);
});

test("a data source may find several types, and one that none of them made names them all", () => {
  const world = worldWith("y");
  const twin = contextOf(network, { typeName: "cloud_network_v1", overlay: { id: "/{name}/v1" } });
  create(twin, world, { id: null, name: "x", cidr: null, tags: null, arn: null, subnet: [] });
  const overlay = { finds: ["cloud_network", "cloud_network_v1"], lists: { ids: "{id}" } };
  expect(list(world, {}, overlay)).toEqual(["/x/v1", "/y"]);
  const { finds } = overlay;
  expect(find(world, { name: "x" }, { overlay: { finds } }).state).toMatchObject({ id: "/x/v1" });
  const [problem] = find(world, { name: "z" }, { overlay: { finds } }).problems;
  expect(problem?.summary).toBe("No cloud_network or cloud_network_v1 fits");
});

test("patterns of SQL choose among names", () => {
  const patterns = attribute(["list", "string"], "optional");
  const schema = block({
    id: ID,
    ids: names,
    like_any_patterns: patterns,
    like_all_patterns: patterns,
    not_like_all_patterns: patterns,
    regex_pattern: optional,
  });
  const filters = Object.fromEntries(
    ["like_any_patterns", "like_all_patterns", "not_like_all_patterns", "regex_pattern"].map((name) => [
      name,
      "name",
    ]),
  );
  const context = contextOf(schema, {
    typeName: "cloud_nets",
    overlay: { finds: "cloud_network", lists: { ids: "{id}" }, filters },
  });
  const world = worldWith("order", "order_old", "bill", "orders.old");
  const all = {
    id: null,
    ids: null,
    ...Object.fromEntries(Object.keys(filters).map((name) => [name, null])),
  };
  const found = (config: object): Value =>
    (readData(context, { ...all, ...config }, world).state as { readonly ids: Value }).ids;
  expect(found({ like_any_patterns: ["order", "bil_"] })).toEqual(["/bill", "/order"]);
  expect(found({ like_any_patterns: [] })).toEqual(["/bill", "/order", "/order_old", "/orders.old"]);
  expect(found({ like_all_patterns: ["order%", "%.old"] })).toEqual(["/orders.old"]);
  expect(found({ not_like_all_patterns: ["%old", "b%"] })).toEqual(["/order"]);
  expect(found({ regex_pattern: "^orders?\\." })).toEqual(["/orders.old"]);
});

test("without an overlay a data source of many lists what its names promise", () => {
  const schema = block({ id: ID, arns: names, box_names: names, lid_names: names, tags });
  const box = contextOf(block({ id: ID, name: NAME, arn: ID }), {
    typeName: "cloud_box",
    overlay: { values: { arn: "arn:{name}" } },
  });
  const world = memoryWorld();
  for (const name of ["x", "y"]) create(box, world, { id: null, name, arn: null });
  const context = contextOf(schema, { typeName: "cloud_boxs" });
  const config = { id: null, arns: null, box_names: null, lid_names: null, tags: null };
  const { state } = readData(context, config, world) as { readonly state: Readonly<Record<string, Value>> };
  expect([...(state["arns"] as readonly string[])].sort()).toEqual(["arn:x", "arn:y"]);
  expect([...(state["box_names"] as readonly string[])].sort()).toEqual(["x", "y"]);
  expect(state["lid_names"]).not.toContain("x");
  const story = contextOf(block({ id: ID, names }), { typeName: "cloud_stories" });
  create(contextOf(block({ id: ID, name: NAME }), { typeName: "cloud_story" }), world, {
    id: null,
    name: "z",
  });
  expect(readData(story, { id: null, names: null }, world).state).toMatchObject({ names: ["z"] });
});

test("what an id of Azure says that a resource is can be listed and asked for", () => {
  const schema = block({ id: ID, kinds: names, type: optional });
  const world = memoryWorld();
  const ids = ["/a/providers/Shop.Net/nets/x", "/a/providers/Shop.Net/nets/x/subs/y", "/a/z"];
  for (const id of ids)
    create(contextOf(block({ id: ID, name: NAME }), { typeName: "cloud_box", overlay: { id } }), world, {
      id: null,
      name: id,
    });
  const overlay = { finds: "cloud_box", lists: { kinds: "{id.kind}" }, filters: { type: "id.kind" } };
  const kindsOf = (type: Value): Value => {
    const context = contextOf(schema, { typeName: "cloud_boxes", overlay });
    const { state } = readData(context, { id: null, kinds: null, type }, world);
    return (state as { readonly kinds: Value }).kinds;
  };
  expect(kindsOf(null)).toEqual(["Shop.Net/nets", "Shop.Net/nets/subs"]);
  expect(kindsOf("Shop.Net/nets")).toEqual(["Shop.Net/nets"]);
});
