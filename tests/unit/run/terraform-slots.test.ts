import { expect, test } from "vitest";
import { stacksAtOnce, terraformSlots } from "../../../src/run/terraform-slots.ts";

test("no more than the slots are held, and who asked first is served first", async () => {
  const slots = terraformSlots(2);
  const order: string[] = [];
  const giveBack = [await slots.take("a"), await slots.take("b")];
  const third = slots.take("c").then((done) => (order.push("c"), done));
  const fourth = slots.take("d").then((done) => (order.push("d"), done));
  await Promise.resolve();
  expect(order).toEqual([]);
  giveBack[0]?.();
  await third;
  expect(order).toEqual(["c"]);
  giveBack[0]?.();
  await Promise.resolve();
  expect(order).toEqual(["c"]);
  giveBack[1]?.();
  await fourth;
  expect(order).toEqual(["c", "d"]);
});

test("a slot that was given back is free, and the time of waiting is told by stack", async () => {
  let now = 0;
  const slots = terraformSlots(1, () => now);
  const first = await slots.take("a");
  const second = slots.take("b");
  now = 250;
  first();
  (await second)();
  (await slots.take("c"))();
  expect([slots.waited("a"), slots.waited("b"), slots.waited("c")]).toEqual([0, 250, 0]);
});

test("one at a time stays one stack at a time", () => {
  expect([stacksAtOnce(1), stacksAtOnce(2), stacksAtOnce(8)]).toEqual([1, 4, 16]);
});
