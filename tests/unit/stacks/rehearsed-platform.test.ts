import { expect, test } from "vitest";
import { environmentBackend } from "../../../src/stacks/environment-backend.ts";
import { isRehearsalFolder, nameInSpec, rehearsedPlatform } from "../../../src/stacks/rehearsed-platform.ts";
import { platformOf } from "../compile-text.ts";

test("states and name are of its own, and no environment waits for another", async () => {
  const real = await platformOf(`
environments: { dev: {}, prod: { after: dev, approval: manual } }
stacks: { raw: { module: plain/any } }
`);
  const { spec, stacks, stackByAddress } = rehearsedPlatform(real);
  expect(environmentBackend(spec, spec.environments.get("prod")!)).toEqual({
    type: "local",
    config: { path: ".platc/p.rehearsal.world/states" },
  });
  expect([spec.name, nameInSpec(spec.name), nameInSpec("p")]).toEqual(["p.rehearsal", "p", "p"]);
  expect(stacks.map(({ address, state }) => [address, state.backend, [...state.config], state.key])).toEqual(
    ["dev/raw", "prod/raw"].map((address) => [
      address,
      "local",
      [["path", ".platc/p.rehearsal.world/states"]],
      `${address}/terraform.tfstate`,
    ]),
  );
  expect(stacks.every((stack) => stackByAddress.get(stack.address) === stack)).toBe(true);
  const gates = [...spec.environments.values(), ...stacks.map(({ environment }) => environment)];
  expect(gates.every(({ after, needsApproval }) => after === undefined && !needsApproval)).toBe(true);
});

test("a folder of a rehearsal is known by its name", () => {
  const names = ["p", "p.rehearsal", "p.rehearsal.world", "rehearsal"];
  expect(names.filter(isRehearsalFolder)).toEqual(["p.rehearsal", "p.rehearsal.world"]);
});
