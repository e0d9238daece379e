import { expect, test } from "vitest";
import { type KnownValues, resolveSettings } from "../../../src/checks/resolve-settings.ts";
import { parseJson } from "../../../src/plans/json.ts";
import {
  type Computed,
  computed,
  type Expression,
  type Value,
  type ValueMap,
} from "../../../src/templates/value.ts";
import { NOTHING_KNOWN, NOWHERE, valueOf } from "./check-fixtures.ts";

const known: KnownValues = {
  ...NOTHING_KNOWN,
  outputs: (address, output) => OUTPUTS.get(`${address}#${output}`),
  self: new Map([
    ["name", { value: "d2b-dev-ingestion", sensitive: false }],
    ["password", { value: "hunter22", sensitive: true }],
    ["endpoints", { value: parseJson('{"api":{"ports":[80,8443]}}'), sensitive: false }],
  ]),
  variables: new Map([
    ["token", "tok-1234"],
    ["region", "eu"],
  ]),
};
const OUTPUTS = new Map([
  ["dev/storage/raw#bucket", { value: "d2b-dev-raw", sensitive: false }],
  ["dev/acme/hive#url", { value: "https://acme", sensitive: false }],
  ["dev/globex/hive#url", { value: "https://globex", sensitive: false }],
]);

const self = (output: string, ...path: string[]): Expression => ({
  kind: "self",
  output,
  path,
  range: NOWHERE,
});
const output = (address: string, name: string, ...path: string[]): Expression => ({
  kind: "output",
  instances: { kind: "one", address },
  output: name,
  path,
  range: NOWHERE,
});
const variable = (name: string): Expression => ({ kind: "variable", name, range: NOWHERE });
const call = (name: string, ...args: Value[]): Expression => ({ kind: "call", name, arguments: args });
const text = (...parts: (string | Expression)[]): Computed => ({ kind: "computed", parts });

const resolve = (settings: object, values = known) => resolveSettings(valueOf(settings) as ValueMap, values);
const one = (value: Value) => {
  const result = resolve({ it: value });
  return result.status === "ok" ? result.settings.get("it") : result.what;
};

test("computes outputs, the stack's own, variables, paths and text around them", () => {
  expect(
    resolve({
      plain: { n: 1, big: 12345678901234567890n, half: 0.5, no: null, yes: true, list: ["a"] },
      function: computed(self("name")),
      bucket: text("s3://", output("dev/storage/raw", "bucket"), "/x"),
      port: computed(self("endpoints", "api", "ports", "1")),
      file: computed({ kind: "path", path: "specs/d2b/data/x.json" }),
      url: text("https://", variable("token"), "@host:", self("endpoints", "api", "ports", "0")),
    }),
  ).toEqual({
    status: "ok",
    settings: new Map<string, unknown>([
      ["plain", parseJson('{"n":1,"big":12345678901234567890,"half":0.5,"no":null,"yes":true,"list":["a"]}')],
      ["function", "d2b-dev-ingestion"],
      ["bucket", "s3://d2b-dev-raw/x"],
      ["port", { digits: "8443" }],
      ["file", "/project/specs/d2b/data/x.json"],
      ["url", "https://tok-1234@host:80"],
    ]),
    secrets: ["tok-1234"],
  });
});

test("gives the outputs of several instances as a map by key", () => {
  const addressByKey = new Map([
    ["acme", "dev/acme/hive"],
    ["globex", "dev/globex/hive"],
  ]);
  expect(
    one(
      computed({
        kind: "output",
        instances: { kind: "each", addressByKey },
        output: "url",
        path: [],
        range: NOWHERE,
      }),
    ),
  ).toEqual(
    new Map([
      ["acme", "https://acme"],
      ["globex", "https://globex"],
    ]),
  );
});

test.each<[string, Value[], unknown]>([
  ["upper", [computed(self("name"))], "D2B-DEV-INGESTION"],
  ["split", ["-", computed(self("name"))], ["d2b", "dev", "ingestion"]],
  ["length", [computed(self("endpoints", "api", "ports"))], { digits: "2" }],
  ["jsonencode", [computed(self("endpoints"))], '{"api":{"ports":[80,8443]}}'],
  ["jsondecode", ['{"a":[1.50]}'], new Map([["a", [{ digits: "1.50" }]]])],
  ["toset", [["b", "a", "b"]], ["a", "b"]],
  ["sha256", ["abc"], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["format", ["%s-%03d %v %q %5s|%-3d|%%", "a", 7, true, 'q"', "r", 1], 'a-007 true "q\\""     r|1  |%'],
  ["try", [computed(self("absent")), computed(self("name"))], "d2b-dev-ingestion"],
  ["coalesce", ["", null, "x"], "x"],
  ["coalesce", [null, 5, "x"], { digits: "5" }],
  ["contains", [["1", new Map([["a", 1]])], new Map([["a", 1]])], true],
  ["length", ["naïve 👩‍👩‍👧"], { digits: "7" }],
  ["upper", ["straße"], "STRASSE"],
  ["tonumber", ["0.12345678901234567890"], { digits: "0.12345678901234567890" }],
])("computes %s", (name, args, due) => expect(one(computed(call(name, ...args)))).toEqual(due));

test.each<[Value, string]>([
  [computed(self("arn")), "the stack has no output 'arn'"],
  [computed(self("endpoints", "api", "hosts")), "output 'endpoints' of the stack has no 'api.hosts'"],
  [computed(output("dev/x", "id")), "output 'id' of 'dev/x' is not known"],
  [computed(variable("absent")), "variable 'absent' has no value"],
  [text("a", self("endpoints")), "a map cannot stand within text"],
  [computed(call("tonumber", "x")), "'tonumber' cannot be computed: 'x' is no number"],
  [computed(call("replace", "a", "/a/", "b")), "'replace' cannot be computed: only Terraform can"],
  [computed(call("format", "%x", 1)), "'format' cannot be computed: only Terraform knows '%x'"],
  [computed(call("format", "%d")), "'format' cannot be computed: '%d' has no value"],
  [computed(call("format", "a", 1)), "'format' cannot be computed: there are more values than verbs"],
  [computed(call("jsondecode", "{")), "'jsondecode' cannot be computed: the text is no JSON"],
  [
    computed(call("tonumber", computed(self("password")))),
    "'tonumber' cannot be computed: '(sensitive)' is no number",
  ],
])("says what is missing: %#", (value, due) => expect(one(value)).toBe(due));

test("collects what is secret, and what is made of it", () => {
  const result = resolve(
    {
      headers: { authorization: text("Basic ", call("base64encode", computed(self("password")))) },
      length: computed(call("length", computed(self("password")))),
      region: computed(variable("region")),
    },
    { ...known, sensitiveVariables: new Set(["token"]) },
  );
  expect(result).toMatchObject({ status: "ok", secrets: ["hunter22", "aHVudGVyMjI="] });
});
