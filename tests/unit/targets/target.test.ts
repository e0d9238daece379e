import { devNull } from "node:os";
import { expect, test } from "vitest";
import { cloudTarget } from "../../../src/targets/cloud-target.ts";
import { emulatorTarget } from "../../../src/targets/emulator-target.ts";
import { targetEnvironment } from "../../../src/targets/target.ts";

const USERS = {
  PATH: "/bin",
  AWS_PROFILE: "production",
  AWS_REGION: "eu-west-1",
  AWS_SESSION_TOKEN: "secret",
  AWS_CA_BUNDLE: "/ca.pem",
  TF_AWS_DEFAULT_TAGS_owner: "me",
};

test("the cloud is seen with the user's own settings", () => {
  expect(targetEnvironment(cloudTarget(), USERS)).toEqual(USERS);
});

test("an emulator is seen with none of them but the region", () => {
  const target = emulatorTarget("http://127.0.0.1:5000", "moto 5.2.1", USERS);
  expect(targetEnvironment(target, USERS)).toEqual({
    PATH: "/bin",
    AWS_ENDPOINT_URL: "http://127.0.0.1:5000",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "3",
  });
  expect(target.description).toBe("the emulator at http://127.0.0.1:5000 (moto 5.2.1)");
});
