import { expect, test } from "vitest";
import { tofuVersion } from "../../../../src/generate/github/tofu-version.ts";

test("the pinned one where it will do, else the constraint as a range of npm", () => {
  expect(tofuVersion("1.12.6", undefined)).toBe("1.12.6");
  expect(tofuVersion("1.12.6", ">= 1.10, < 2.0")).toBe("1.12.6");
  expect(tofuVersion("1.12.6", "~> 1.9.0")).toBe("~> 1.9.0");
  expect(tofuVersion("1.12.6", ">= 1.8, < 1.10, != 1.9.2")).toBe(">= 1.8 < 1.10");
});
