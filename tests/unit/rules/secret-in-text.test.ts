import { expect, test } from "vitest";
import { secretInText } from "../../../src/rules/secret-in-text.ts";

const KEY = "MIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu";

test.each([
  ["AKIA2E0A8F3B244C9986", "an access key of AWS"],
  ["export AWS_ACCESS_KEY_ID=ASIA2E0A8F3B244C9986;", "an access key of AWS"],
  ["AKIA2E0A8F3B244C998", undefined],
  ["AKIA2E0A8F3B244C99860", undefined],
  ["XAKIA2E0A8F3B244C9986", undefined],
  [`-----BEGIN PRIVATE KEY-----\n${KEY}\n-----END PRIVATE KEY-----`, "a private key"],
  [`-----BEGIN OPENSSH PRIVATE KEY-----\\n${KEY}`, "a private key"],
  [`-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n${KEY}`, "a private key"],
  ["-----BEGIN PRIVATE KEY-----\n{{var.key}}\n-----END PRIVATE KEY-----", undefined],
  ["-----BEGIN PRIVATE KEY-----\n${var.key}\n-----END PRIVATE KEY-----", undefined],
  ["-----BEGIN PRIVATE KEY-----", undefined],
  [`-----BEGIN CERTIFICATE-----\n${KEY}`, undefined],
  ["postgres://u:pw@h/db", "a URL with a password"],
  ["jdbc:postgresql://u:p%40w@h/db", "a URL with a password"],
  ["redis://:pw@h:6379/0", "a URL with a password"],
  ["http://h and postgres://u:pw@{{outputs.db.host}}/db", "a URL with a password"],
  ["postgres://{{var.user}}:pw@h/db", "a URL with a password"],
  ["postgres://u:{{var.pw}}@h", undefined],
  ["postgres://u:{{var.pw}}@h and postgres://u:pw@h", "a URL with a password"],
  ['postgres://u:${urlencode(var.pw)}@h and {{ jsonencode "a@b" }}', undefined],
  ["postgres://u:$PGPASSWORD@h", undefined],
  ["postgres://u:%s@h", undefined],
  ["postgres://u:<password>@h", undefined],
  ["postgres://u:***@h", undefined],
  ["postgres://u@h:5432/db", undefined],
  ["https://h:8443/a@b", undefined],
  ["https://[::1]:8443/a@b", undefined],
  ["https://h/?time=12:30&who=a@b", undefined],
  ["arn:aws:iam::123456789012:role/a@b", undefined],
])("in %j there is %s", (text, expected) => {
  expect(secretInText(text)).toBe(expected);
});
