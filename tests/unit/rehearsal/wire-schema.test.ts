import { expect, test } from "vitest";
import { readProviderSchema } from "../../../src/provider/read-provider-schema.ts";
import { encodeSchemas } from "../../../src/rehearsal/wire-schema.ts";
import { providerService } from "../../../src/rehearsal/protocol.ts";

const schema = readProviderSchema(
  {
    provider: { block: { attributes: { region: { type: "string", optional: true } } } },
    resource_schemas: {
      thing: {
        version: 3,
        block: {
          attributes: {
            id: { type: "string", computed: true },
            key: { type: "string", optional: true, write_only: true },
            list: { type: ["list", ["object", { secret: "string" }]], computed: true },
            nested: {
              required: true,
              nested_type: {
                nesting_mode: "map",
                attributes: { secret: { type: "string", computed: true, sensitive: true } },
              },
            },
          },
          block_types: {
            rule: {
              nesting_mode: "set",
              min_items: 1,
              max_items: 4,
              block: { attributes: { code: { type: "number", required: true } } },
            },
          },
        },
      },
    },
  },
  "test/things",
  "1.0.0",
);

test("a schema says all that Terraform asks of it; sensitive is what the schema or the overlay says", () => {
  const overlay = {
    source: "test/things",
    settings: {},
    resources: new Map([["thing", { sensitive: ["list.secret", "rule.code", "id"] }]]),
    dataSources: new Map(),
  };
  const answer = decodeAnswer(encodeSchemas(schema, overlay));
  expect(answer).toEqual({
    provider: { block: { attributes: [{ name: "region", type: text("string"), optional: true }] } },
    server_capabilities: { plan_destroy: true, get_provider_schema_optional: true },
    resource_schemas: {
      thing: {
        version: 3,
        block: {
          attributes: [
            { name: "id", type: text("string"), computed: true, sensitive: true },
            { name: "key", type: text("string"), optional: true, write_only: true },
            {
              name: "list",
              type: text(["list", ["object", { secret: "string" }]]),
              computed: true,
              sensitive: true,
            },
            {
              name: "nested",
              required: true,
              nested_type: {
                nesting: 4,
                attributes: [{ name: "secret", type: text("string"), computed: true, sensitive: true }],
              },
            },
          ],
          block_types: [
            {
              type_name: "rule",
              nesting: 3,
              min_items: 1,
              max_items: 4,
              block: {
                attributes: [{ name: "code", type: text("number"), required: true, sensitive: true }],
              },
            },
          ],
        },
      },
    },
  });
});

test("the service has the calls that Terraform makes", () => {
  expect(Object.values(providerService()).map(({ path }) => path)).toEqual(
    [
      "GetProviderSchema",
      "ValidateProviderConfig",
      "ConfigureProvider",
      "ValidateResourceConfig",
      "ValidateDataResourceConfig",
      "ValidateEphemeralResourceConfig",
      "UpgradeResourceState",
      "ReadResource",
      "PlanResourceChange",
      "ApplyResourceChange",
      "ImportResourceState",
      "ReadDataSource",
      "OpenEphemeralResource",
      "RenewEphemeralResource",
      "CloseEphemeralResource",
      "CallFunction",
      "StopProvider",
    ].map((name) => `/tfplugin6.Provider/${name}`),
  );
});

/** What is false, zero or empty is left out, as on the wire. */
function decodeAnswer(bytes: Buffer): unknown {
  const { responseDeserialize } = providerService()["GetProviderSchema"]!;
  return withoutDefaults(responseDeserialize(bytes));
}

function withoutDefaults(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.length === 0 ? undefined : Buffer.from(value).toString();
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(withoutDefaults);
  if (typeof value !== "object" || value === null) return value || undefined;
  const members = Object.entries(value)
    .map(([name, member]) => [name, withoutDefaults(member)] as const)
    .filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function text(type: unknown): string {
  return JSON.stringify(type);
}
