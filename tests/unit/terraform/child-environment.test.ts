import { devNull } from "node:os";
import { describe, expect, test } from "vitest";
import { childEnvironment } from "../../../src/terraform/child-environment.ts";

const SET = { CHECKPOINT_DISABLE: "1", GOGC: "400", TF_IN_AUTOMATION: "1", TF_INPUT: "0" };

describe("childEnvironment", () => {
  test("keeps what is not Terraform's and sets what every run needs", () => {
    expect(
      childEnvironment({ PATH: "/bin", HOME: "/home/ann", AWS_PROFILE: "work", NONE: undefined }),
    ).toEqual({
      env: { PATH: "/bin", HOME: "/home/ann", AWS_PROFILE: "work", ...SET },
      notes: [],
    });
  });

  test("drops what would make the run mean something else, and says why, but no value", () => {
    const parent = {
      TF_CLI_ARGS: "-target=a",
      TF_CLI_ARGS_plan: "s3cret",
      TF_DATA_DIR: "x",
      TF_ENCRYPTION: "s3cret",
      TF_LOG: "trace",
      TF_LOG_PATH: "/log",
      TF_LOG_PROVIDER_AWS: "info",
      TF_REATTACH_PROVIDERS: "{}",
      TF_WORKSPACE: "other",
      TF_VAR_known: "1",
      TF_VAR_unknown: "s3cret",
      TF_INPUT: "1",
    };
    const { env, notes } = childEnvironment(parent, { declaredVariables: ["known"] });
    expect(env).toEqual({ TF_VAR_known: "1", ...SET });
    expect(notes.map(({ message }) => message.split(" ")[0])).toEqual([
      "'TF_CLI_ARGS'",
      "'TF_CLI_ARGS_plan'",
      "'TF_DATA_DIR'",
      "'TF_ENCRYPTION'",
      "'TF_LOG'",
      "'TF_LOG_PATH'",
      "'TF_LOG_PROVIDER_AWS'",
      "'TF_REATTACH_PROVIDERS'",
      "'TF_VAR_unknown'",
      "'TF_WORKSPACE'",
    ]);
    expect(notes.at(-2)?.message).toBe(
      "'TF_VAR_unknown' is not passed to Terraform: the stack declares no such variable",
    );
    expect(JSON.stringify(notes)).not.toContain("s3cret");
  });

  test("keeps the user's own GOGC, and tokens and plugin settings of Terraform", () => {
    const parent = {
      GOGC: "100",
      TF_TOKEN_example_com: "t",
      TF_PLUGIN_CACHE_DIR: "/cache",
      TF_CLI_CONFIG_FILE: "/rc",
    };
    expect(childEnvironment(parent)).toEqual({ env: { ...SET, ...parent }, notes: [] });
  });

  test("takes the CLI configuration that was chosen", () => {
    const parent = { TF_CLI_CONFIG_FILE: "/gone", TERRAFORM_CONFIG: "/old" };
    expect(childEnvironment(parent, { cliConfig: { kind: "dropped" } })).toEqual({ env: SET, notes: [] });
    expect(childEnvironment(parent, { cliConfig: { kind: "own", path: "/own" } })).toEqual({
      env: { ...SET, TF_CLI_CONFIG_FILE: "/own" },
      notes: [],
    });
  });

  test("with AWS emulated, nothing of the user's AWS settings gets through", () => {
    const parent = {
      AWS_CA_BUNDLE: "/ca",
      AWS_PROFILE: "work",
      AWS_ENDPOINT_URL_S3: "http://real",
      TF_AWS_DEFAULT_TAGS_x: "1",
    };
    const additions = { AWS_ENDPOINT_URL: "http://127.0.0.1:5000", AWS_ACCESS_KEY_ID: "test" };
    const { env, notes } = childEnvironment(parent, { isAwsEmulated: true, additions });
    expect(env).toEqual({
      ...SET,
      ...additions,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: "true",
    });
    expect(notes).toHaveLength(4);
  });

  test("what the target adds is the last word", () => {
    const additions = { TF_REATTACH_PROVIDERS: "{}", GOGC: "200" };
    expect(childEnvironment({}, { additions }).env).toEqual({ ...SET, ...additions });
  });

  test("a data folder is absolute", () => {
    expect(childEnvironment({}, { dataFolder: "/work/.platc/a" }).env["TF_DATA_DIR"]).toBe("/work/.platc/a");
    expect(() => childEnvironment({}, { dataFolder: ".platc" })).toThrow("bug in platc");
  });
});
