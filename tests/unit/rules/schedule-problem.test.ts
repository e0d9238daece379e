import { expect, test } from "vitest";
import { scheduleProblem } from "../../../src/rules/schedule-problem.ts";

test.each([
  "cron(0 */6 * * ? *)",
  "cron(0 10 * * ? *)",
  "cron(15 12 * * ? *)",
  "cron(0 18 ? * MON-FRI *)",
  "cron(0 8 1 * ? *)",
  "cron(0/15 * * * ? *)",
  "cron(0/5 8-17 ? * MON-FRI *)",
  "cron(0 9 ? * 2#1 *)",
  "cron(0 0 L * ? *)",
  "cron(0 0 3W * ? *)",
  "cron(0 12 ? JAN,jul SUN 2027-2030)",
  "rate(1 minute)",
  "rate(7 days)",
  "at(2027-01-31T09:00:00)",
])("AWS takes %s", (expression) => {
  expect(scheduleProblem(expression)).toBeUndefined();
});

test.each([
  "0 6 * * *",
  "cron(0 6 * * *)",
  "cron(0 6 ? * ? *)",
  "cron(60 6 * * ? *)",
  "cron(0 6 32 * ? *)",
  "cron(0 6 ? * 0 *)",
  "cron(0 6 ? * MON-FRY *)",
  "cron(0 6 * 13 ? *)",
  "cron(0 6 * * ? 1969)",
  "cron(a b c d e f)",
  "rate(1.5 hours)",
  "rate(5)",
  "at(2027-02-30 09:00)",
  "CRON(0 6 * * ? *)",
  "",
])("AWS does not take %s", (expression) => {
  expect(scheduleProblem(expression)).toMatchObject({
    message: expect.any(String) as string,
    hint: expect.any(String) as string,
  });
});
