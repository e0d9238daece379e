import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { awsCredentialSource } from "../../../src/targets/aws-credential-source.ts";

let HOME: string;

beforeEach(() => {
  HOME = mkdtempSync(join(tmpdir(), "platc-home-"));
  mkdirSync(join(HOME, ".aws"));
});

afterEach(() => rmSync(HOME, { recursive: true }));

test("a source is named, its values are not", () => {
  expect(awsCredentialSource({ HOME })).toBeUndefined();
  expect(awsCredentialSource({ HOME, AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "s" })).toBe(
    "AWS_ACCESS_KEY_ID in the environment",
  );
  expect(awsCredentialSource({ HOME, AWS_PROFILE: "dev" })).toBe("the profile 'dev' of AWS_PROFILE");
});

test("a default profile counts where it holds credentials", () => {
  writeFileSync(
    join(HOME, ".aws", "config"),
    "[default]\nregion = eu-west-1\n\n[profile a]\nsso_session = x\n",
  );
  expect(awsCredentialSource({ HOME })).toBeUndefined();
  writeFileSync(join(HOME, ".aws", "config"), "[default]\nregion = eu-west-1\nsso_session = x\n");
  expect(awsCredentialSource({ HOME })).toBe("the default profile of the config file");
  writeFileSync(join(HOME, ".aws", "credentials"), "[default]\naws_access_key_id = AKIA\n");
  expect(awsCredentialSource({ HOME })).toBe("the default profile of the credentials file");
});
