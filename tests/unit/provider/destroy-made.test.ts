import { expect, test } from "vitest";
import { destroyMade } from "../../../src/provider/destroy-made.ts";
import type { World } from "../../../src/provider/provider-engine.ts";
import type { Value } from "../../../src/provider/value.ts";
import { block, contextOf, ID, NAME } from "./provider-parts.ts";

const VAULT = { name: "v", id: "/vaults/V" };
const MADE: readonly (readonly [typeName: string, id: string, value: Value])[] = [
  ["cloud_vault", "/vaults/V", VAULT],
  ["cloud_secret", "https://v/s", { vault_id: "/vaults/v" }],
  ["cloud_secret", "https://w/s", { vault_id: "/vaults/w" }],
  ["cloud_policy", "/vaults/V/policies/p", { vault_id: "/vaults/V" }],
];
const worldOf = (made: typeof MADE): World => ({
  find: (_source, type, id) => {
    const found = made.find(([one, other]) => one === type && other === id);
    return found && { id, value: found[2] };
  },
  list: (_source, type) => made.filter(([one]) => one === type).map(([, id, value]) => ({ id, value })),
  children: (parent) =>
    made.filter(([, id]) => id.startsWith(`${parent}/`)).map(([typeName, id]) => ({ typeName, id })),
});

const context = contextOf(block({ name: NAME, id: ID }), {
  typeName: "cloud_vault",
  overlay: { id: "/vaults/{name}", takes: { cloud_secret: "vault_id", cloud_policy: "vault_id" } },
});

test("what goes with a resource neither keeps it nor stays behind", () => {
  expect(destroyMade(context, VAULT, worldOf(MADE))).toEqual({
    state: null,
    id: "/vaults/V",
    problems: [],
    taken: [
      { typeName: "cloud_secret", id: "https://v/s" },
      { typeName: "cloud_policy", id: "/vaults/V/policies/p" },
    ],
  });
});

test("what else stands in it keeps it, and all stays", () => {
  const world = worldOf([...MADE, ["cloud_lock", "/vaults/V/locks/l", {}]]);
  const answer = destroyMade(context, VAULT, world);
  expect(answer.problems.map(({ summary }) => summary)).toEqual(['cloud_vault "/vaults/V" is not empty']);
  expect(answer.taken).toBeUndefined();
});
