import { expect, test } from "vitest";
import { unknownProvider } from "../../../src/run/unknown-provider.ts";

const rootOf = (provider: object, locals: object) => [
  { path: "out/t/dev/app/main.tf.json", content: JSON.stringify({ provider, locals }) },
];
const KUBERNETES = { kubernetes: [{ host: "${local.dev__cluster.host}" }] };

test("a provider that is configured by what is not known is named", () => {
  const unknown = { dev__cluster: '${{ "host" = jsondecode(timestamp()) }}' };
  expect(unknownProvider(rootOf(KUBERNETES, unknown))).toBe("kubernetes");
  expect(unknownProvider(rootOf({ aws: [{ region: "eu-west-1" }], ...KUBERNETES }, unknown))).toBe(
    "kubernetes",
  );
});

test("none is where all is known, or where another stack is the unknown one", () => {
  const known = { dev__cluster: '${{ "host" = "h" }}' };
  expect(unknownProvider(rootOf(KUBERNETES, known))).toBeUndefined();
  const other = { ...known, dev__clusters: '${{ "host" = jsondecode(timestamp()) }}' };
  expect(unknownProvider(rootOf(KUBERNETES, other))).toBeUndefined();
  expect(unknownProvider([])).toBeUndefined();
});
