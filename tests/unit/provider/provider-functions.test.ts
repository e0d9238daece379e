import { expect, test } from "vitest";
import { providerFunctions } from "../../../src/provider/provider-functions.ts";

const ROLE = "arn:aws:iam::123456789012:role/platform/team/reader";

function call(name: string, ...given: readonly string[]): unknown {
  const answer = providerFunctions("hashicorp/aws")
    .get(name)!
    .call(...given);
  return answer.status === "ok" ? answer.value : answer.message;
}

test("an ARN is taken apart and put together, colons of the resource included", () => {
  const alarm = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:a:b";
  const parts = {
    partition: "aws",
    service: "cloudwatch",
    region: "eu-central-1",
    account_id: "123456789012",
    resource: "alarm:a:b",
  };
  expect(call("arn_parse", alarm)).toEqual(parts);
  expect(call("arn_build", ...Object.values(parts))).toBe(alarm);
  expect(call("arn_parse", "arn:aws:s3:::bucket/key")).toMatchObject({ region: "", resource: "bucket/key" });
});

test("a role loses its path and nothing else", () => {
  expect(call("trim_iam_role_path", ROLE)).toBe("arn:aws:iam::123456789012:role/reader");
  expect(call("trim_iam_role_path", "arn:aws:iam::1:role/reader")).toBe("arn:aws:iam::1:role/reader");
});

test.each([
  ["arn_parse", "reader", "arn parsing failed"],
  ["arn_parse", "arn:aws:iam::1", "arn parsing failed"],
  ["trim_iam_role_path", "nothing", "arn parsing failed"],
  ["trim_iam_role_path", "arn:aws:s3:::role/a", 'service must be "iam"'],
  ["trim_iam_role_path", "arn:aws:iam:eu-west-1:1:role/a", "region must be empty"],
  ["trim_iam_role_path", "arn:aws:iam::1:user/a", 'resource must begin with "role/"'],
])("%s of '%s' is refused: %s", (name, given, message) => {
  expect(call(name, given)).toContain(message);
});

test("of other providers none is served", () => {
  expect(providerFunctions("hashicorp/azurerm").size).toBe(0);
});
