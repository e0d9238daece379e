import { expect, test } from "vitest";
import { redactor } from "../../../src/checks/redact.ts";

test("takes secrets out in every spelling", () => {
  const secret = 'pä"ss w+rd';
  const redact = redactor([secret]);
  const spellings = [
    secret,
    JSON.stringify(secret),
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString(),
    Buffer.from(secret).toString("base64"),
  ];
  expect(redact(spellings.join(" | "))).toBe(
    '(sensitive) | "(sensitive)" | (sensitive) | s=(sensitive) | (sensitive)',
  );
});

test("takes the longest first, lines of their own, and short ones only where they stand alone", () => {
  expect(redactor(["secret", "secret-longer"])("secret-longer secret")).toBe("(sensitive) (sensitive)");
  expect(redactor(["first line of it\nsecond line\nx"])("1: second line\n2: x")).toBe("1: (sensitive)\n2: x");
  expect(redactor(["a", ""])("a banana, a")).toBe("(sensitive) banana, (sensitive)");
  expect(redactor([".*"])("anything .*")).toBe("anything (sensitive)");
  expect(redactor([])("x")).toBe("x");
});
