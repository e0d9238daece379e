import { expect, test } from "vitest";
import { cronProblem } from "../../../src/rules/cron-problem.ts";

test.each([
  "0 15 * * *",
  "*/5 0-23/2 1,15 JAN-mar mon-FRI",
  "59 23 31 12 7",
  "0  0 * * 0",
  "0-30/10 * * * *",
])("%s is a schedule", (expression) => {
  expect(cronProblem(expression)).toBe(undefined);
});

test.each([
  ["@daily", "'@daily' is no schedule of cron"],
  ["", "'' is no schedule of cron"],
  ["0 15 * *", "'0 15 * *' is no schedule of cron"],
  ["60 15 * * *", "'60' is no minute in '60 15 * * *'"],
  ["0 15 0 * *", "'0' is no day of the month in '0 15 0 * *'"],
  ["0 15 * 13 *", "'13' is no month in '0 15 * 13 *'"],
  ["0 15 * * 8", "'8' is no day of the week in '0 15 * * 8'"],
  ["0 15 * * ?", "'?' is no day of the week in '0 15 * * ?'"],
  ["*/0 15 * * *", "'*/0' is no minute in '*/0 15 * * *'"],
  ["5/10 15 * * *", "'5/10' is no minute in '5/10 15 * * *'"],
  ["30-10 15 * * *", "'30-10' is no minute in '30-10 15 * * *'"],
  ["*-5 15 * * *", "'*-5' is no minute in '*-5 15 * * *'"],
  ["1, 15 * * *", "'' is no minute in '1, 15 * * *'"],
])("%s is none", (expression, message) => {
  expect(cronProblem(expression)?.message).toBe(message);
});
