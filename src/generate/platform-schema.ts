import type { ModuleContract, ModuleInput } from "../modules/contract.ts";
import { renderLiteral } from "../modules/render-literal.ts";
import { renderTerraformType } from "../modules/render-type.ts";
import { child, textOf } from "../spec/node.ts";
import type { PlatformSpec, StackSpec } from "../spec/platform.ts";
import type { Json, JsonObject } from "../text/json.ts";
import { TEMPLATE, typeSchema } from "./type-schema.ts";

/** A module that a stack may call, whether one does or not. */
export interface OfferedModule {
  /** As a spec writes it: `aws/s3-bucket`. */
  readonly source: string;
  readonly contract: ModuleContract;
  /** What it is, in Markdown. */
  readonly description: string | undefined;
}

interface MutableSchema {
  definitions: Record<string, JsonObject>;
  [key: string]: unknown;
}

const REFERENCE: JsonObject = { $ref: "#/definitions/Reference" };

/**
 * The schema of one platform: the schema of the language with the names of this spec, its modules and their inputs.
 * Names that are not there yet stay allowed, so that a new one is not flagged before the schema is made anew; platc
 * itself says what is unknown.
 */
export function platformSchema(
  base: JsonObject,
  spec: PlatformSpec,
  modules: readonly OfferedModule[],
): JsonObject {
  const schema = structuredClone(base) as unknown as MutableSchema;
  const names = namesOf(spec);
  addNames(schema, names);
  addReferences(schema, spec, modules);
  addModules(schema, modules);
  addStacks(schema, spec, modules);
  // A title would head every hover and every mistake.
  const { title: _title, ...untitled } = schema;
  return untitled as unknown as JsonObject;
}

interface Names {
  readonly environment: readonly string[];
  readonly customer: readonly string[];
  readonly app: readonly string[];
  readonly stage: readonly string[];
  readonly stack: readonly string[];
  readonly provider: readonly string[];
  readonly quality: readonly string[];
}

function namesOf(spec: PlatformSpec): Names {
  return {
    environment: [...spec.environments.keys()],
    customer: [...spec.customers.keys()],
    app: [...spec.apps.keys()],
    stage: spec.stages,
    stack: [...spec.stacks.keys()],
    provider: [...spec.providers.keys()],
    quality: [...spec.quality.keys()],
  };
}

/** Puts names where the language takes a name. */
function addNames(schema: MutableSchema, names: Names): void {
  const one = (path: string, known: readonly string[]): void =>
    change(schema, path, (property) => ({ ...offering(property, known), ...described(property) }));
  const list = (path: string, known: readonly string[]): void =>
    change(schema, path, (property) => ({
      ...property,
      items: offering(property["items"] as JsonObject, known),
    }));
  const keys = (path: string, known: readonly string[]): void =>
    change(schema, path, (property) => ({
      ...property,
      properties: Object.fromEntries(known.map((name) => [name, property["additionalProperties"] as Json])),
    }));
  one("WrittenState.bootstrap", names.stack);
  one("WrittenEnvironment.after", names.environment);
  list("WrittenCustomer.apps", names.app);
  keys("WrittenCustomer.environments", names.environment);
  for (const definition of ["WrittenStackLayer", "WrittenStack"]) {
    list(`${definition}.environments`, names.environment);
    one(`${definition}.app`, names.app);
    one(`${definition}.stage`, names.stage);
    keys(`${definition}.providers`, names.provider);
    change(schema, `${definition}.after`, (property) => ({
      ...property,
      items: { anyOf: [...offers({ type: "string" }, names.stack), { $ref: "#/definitions/WrittenAfter" }] },
    }));
  }
  keys("WrittenGithubAws.apply_roles", names.environment);
  keys("WrittenGithubAzure.client_ids", names.environment);
  one("WrittenQualityCheck.suite", names.quality);
  one("WrittenAfter.stack", names.stack);
  one("WrittenAfter.environment", names.environment);
  one("WrittenAfter.customer", [...names.customer, "*"]);
}

/** Everything that a template of this platform can name, for completion inside of strings. */
function addReferences(schema: MutableSchema, spec: PlatformSpec, modules: readonly OfferedModule[]): void {
  const contracts = new Map(modules.map((module) => [module.source, module.contract]));
  const outputs = [...spec.stacks.values()].flatMap((stack) => outputReferences(stack, contracts));
  const vars = [...spec.vars.entries.keys()].map((name) => `{{vars.${name}}}`);
  const variables = [...spec.variables.keys()].map((name) => `{{var.${name}}}`);
  const fields = ["platform.name", "environment.name", "stack.name", "stack.address"];
  if (spec.customers.size > 0) fields.push("customer.name");
  if (spec.apps.size > 0) fields.push("app.name");
  if ([...spec.apps.values()].some(({ image }) => image)) fields.push("app.tag", "app.image");
  const known = [
    ...outputs,
    ...vars.map(plainly),
    ...variables.map(plainly),
    ...fields.map((name) => plainly(`{{${name}}}`)),
  ];
  schema.definitions["Reference"] = {
    anyOf: [
      {
        // Without a type the language server would not quote what it inserts.
        type: "string",
        enum: known.map((one) => one.text),
        markdownEnumDescriptions: known.map((one) => one.description),
      },
      TEMPLATE,
    ],
  };
}

interface KnownReference {
  readonly text: string;
  readonly description: string;
}

function plainly(text: string): KnownReference {
  return { text, description: "" };
}

function outputReferences(
  stack: StackSpec,
  contracts: ReadonlyMap<string, ModuleContract>,
): readonly KnownReference[] {
  return moduleSourcesOf(stack).flatMap(({ call, source }) =>
    [...(contracts.get(source)?.outputs.values() ?? [])]
      .filter((output) => !output.ephemeral)
      .map((output) => ({
        text: `{{outputs.${[stack.name, ...(call === undefined ? [] : [call]), output.name].join(".")}}}`,
        description: output.description ?? "",
      })),
  );
}

function moduleSourcesOf({
  node,
}: StackSpec): readonly { readonly call: string | undefined; readonly source: string }[] {
  const own = textOf(child(node, "module"));
  const several = child(node, "modules");
  const calls = several?.kind === "map" ? [...several.entries] : [];
  return [
    ...(own === undefined ? [] : [{ call: undefined, source: own }]),
    ...calls.flatMap(([call, entry]) => {
      const source = textOf(child(entry.value, "module"));
      return source === undefined ? [] : [{ call, source }];
    }),
  ];
}

/** Which module is chosen decides what stands under `inputs`. */
function addModules(schema: MutableSchema, modules: readonly OfferedModule[]): void {
  for (const { source, contract, description } of modules) {
    schema.definitions[inputsName(source)] = inputsSchema(source, contract, description);
  }
  schema.definitions["ModuleSource"] = {
    type: "string",
    enum: modules.map((module) => module.source),
    markdownEnumDescriptions: modules.map((module) => module.description ?? ""),
  };
  schema.definitions["InputsByModule"] = { allOf: modules.map((module) => inputsWhere(module.source)) };
  for (const definition of ["WrittenStackLayer", "WrittenStack", "WrittenModuleCall"]) {
    change(schema, `${definition}.module`, (property) => ({
      ...described(property),
      anyOf: [{ $ref: "#/definitions/ModuleSource" }, { type: "string" }],
    }));
    const written = schema.definitions[definition];
    if (!written) continue;
    schema.definitions[definition] = {
      ...written,
      allOf: [{ $ref: "#/definitions/InputsByModule" }],
    };
  }
}

/** By pattern: completion takes a constant for fulfilled as soon as it begins alike (`aws/glue` and `aws/glue-job`). */
function inputsWhere(source: string): JsonObject {
  const pattern = `^${source.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
  return {
    if: { required: ["module"], properties: { module: { type: "string", pattern } } },
    then: { properties: { inputs: { $ref: `#/definitions/${inputsName(source)}` } } },
  };
}

function inputsName(source: string): string {
  return `inputs of ${source.replaceAll("/", " ")}`.replace(/[^\w-]+/g, "-");
}

function inputsSchema(source: string, contract: ModuleContract, description: string | undefined): JsonObject {
  const inputs = [...contract.inputs.values()].sort(
    (left, right) => Number(right.required) - Number(left.required),
  );
  return {
    type: "object",
    markdownDescription: [`Inputs of \`${source}\`.`, description].filter(Boolean).join("\n\n"),
    properties: Object.fromEntries(inputs.map((input) => [input.name, inputSchema(input)])),
    additionalProperties: false,
  };
}

function inputSchema(input: ModuleInput): JsonObject {
  const schema = typeSchema(input.type, REFERENCE);
  const options = schema["anyOf"];
  const isNullable = input.nullable && Array.isArray(options);
  const standard = input.default;
  const notes = [
    input.required
      ? "**Required.**"
      : standard === undefined
        ? "Optional."
        : `Default: \`${renderLiteral(standard)}\``,
    ...(input.sensitive ? ["Sensitive: give it as `{{var.NAME}}`."] : []),
    ...input.validations.map((validation) => validation.errorMessage),
  ];
  return {
    ...(isNullable ? { anyOf: [...(options as readonly Json[]), { type: "null" }] } : schema),
    markdownDescription: [input.description ?? "", `\`${renderTerraformType(input.type)}\``, notes.join(" ")]
      .filter((line) => line !== "")
      .join("\n\n"),
    ...(standard !== undefined && standard !== null && { default: standard }),
  };
}

/** Layers over a stack know its name, and the inputs of the module that it calls below them. */
function addStacks(schema: MutableSchema, spec: PlatformSpec, modules: readonly OfferedModule[]): void {
  const known = new Set(modules.map((module) => module.source));
  const layers: Record<string, JsonObject> = {};
  for (const stack of spec.stacks.values()) layers[stack.name] = layerSchema(stack, known);
  schema.definitions["LayersOfStacks"] = {
    type: "object",
    properties: layers,
    additionalProperties: { anyOf: [{ $ref: "#/definitions/WrittenStackLayer" }, { type: "null" }] },
  };
  for (const owner of ["WrittenEnvironment", "WrittenCustomer", "WrittenCustomerEnvironment"]) {
    change(schema, `${owner}.stacks`, (property) => ({
      $ref: "#/definitions/LayersOfStacks",
      ...described(property),
    }));
  }
}

function layerSchema(stack: StackSpec, known: ReadonlySet<string>): JsonObject {
  const sources = moduleSourcesOf(stack).filter(({ source }) => known.has(source));
  const inputs = (source: string): JsonObject => ({
    properties: { inputs: { $ref: `#/definitions/${inputsName(source)}` } },
  });
  const own = sources.find(({ call }) => call === undefined);
  const calls = sources.flatMap(({ call, source }) =>
    call === undefined ? [] : [[call, callSchema(inputs(source))] as const],
  );
  const description = textOf(child(stack.node, "description"));
  return {
    ...(description !== undefined && { markdownDescription: description }),
    allOf: [
      { $ref: "#/definitions/WrittenStackLayer" },
      {
        properties: {
          ...(own && (inputs(own.source)["properties"] as JsonObject)),
          ...(calls.length > 0 && { modules: { properties: Object.fromEntries(calls) } }),
        },
      },
    ],
  };
}

function callSchema(inputs: JsonObject): JsonObject {
  return { type: "object", ...inputs };
}

function offering(schema: JsonObject, known: readonly string[]): JsonObject {
  return { anyOf: offers(schema, known) };
}

function offers(schema: JsonObject, known: readonly string[]): readonly JsonObject[] {
  const { description: _description, markdownDescription: _markdown, ...rest } = schema;
  return known.length === 0 ? [rest] : [{ type: "string", enum: [...known] }, rest];
}

function described({ description, markdownDescription }: JsonObject): JsonObject {
  return {
    ...(description !== undefined && { description }),
    ...(markdownDescription !== undefined && { markdownDescription }),
  };
}

function change(schema: MutableSchema, path: string, update: (property: JsonObject) => JsonObject): void {
  const [definition = "", property = ""] = path.split(".");
  const owner = schema.definitions[definition];
  const properties = owner?.["properties"] as JsonObject | undefined;
  const known = properties?.[property] as JsonObject | undefined;
  if (!owner || !known) return;
  schema.definitions[definition] = { ...owner, properties: { ...properties, [property]: update(known) } };
}
