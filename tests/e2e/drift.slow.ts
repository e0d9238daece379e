import { DeleteTriggerCommand, GlueClient } from "@aws-sdk/client-glue";
import {
  LambdaClient,
  TagResourceCommand,
  GetFunctionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { DeletePublicAccessBlockCommand, PutBucketTaggingCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, describe, expect, test } from "vitest";
import type { CommandResult } from "../run/project.ts";
import { openD2b } from "./d2b-project.ts";
import { emulatedAccount } from "./emulated-account.ts";

const opened = await openD2b();
const reason = typeof opened === "string" ? ` (skipped: ${opened})` : "";
const ADDRESSES = [
  "dev/main-backend",
  "dev/storage/s3",
  "dev/access",
  "dev/workflow/lambda",
  "dev/workflow/glue",
];

/** Every step goes on from the one before it, with the real aws provider. */
describe.skipIf(typeof opened === "string")(`the drift of D2b${reason}`, { timeout: 900_000 }, () => {
  const project = opened as Exclude<typeof opened, string>;
  const options = {
    endpoint: project.endpoint,
    region: "ap-northeast-2",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const account = () => emulatedAccount(project.endpoint);
  const drift = (...flags: readonly string[]): Promise<CommandResult> =>
    project.run("drift", "dev", "--target", "emulator", "--detailed-exitcode", ...flags);
  const each = (status: string) => Object.fromEntries(ADDRESSES.map((address) => [address, status]));
  const driftOf = (result: CommandResult, address: string) =>
    result.events.find((event) => event.kind === "stack-drift" && event.address === address);

  afterAll(() => project.close());

  test("is none where nothing was ever applied", async () => {
    expect(await project.show("compile")).toMatchObject({ code: 0 });
    expect(await drift()).toMatchObject({ code: 0, statuses: each("not-applied"), processes: 0 });
  });

  test("is none right after an apply, whatever the provider reads back in another way", async () => {
    const applied = await project.run("apply", "dev", "--auto-approve", "--no-test", "--target", "emulator");
    expect(applied, applied.stdout.slice(-3000)).toMatchObject({ code: 0 });
    const result = await drift();
    expect(result, result.stdout.slice(-3000)).toMatchObject({ code: 0, statuses: each("no-drift") });
  });

  test("is what was changed, deleted and added by hand, and no more", async () => {
    const lambda = new LambdaClient(options);
    const [name = ""] = await account().functions();
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Timeout: 123 }));
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: name }));
    await lambda.send(
      new TagResourceCommand({ Resource: Configuration?.FunctionArn ?? "", Tags: { hand: "made" } }),
    );
    const [trigger = ""] = await account().triggers();
    await new GlueClient(options).send(new DeleteTriggerCommand({ Name: trigger }));
    const s3 = new S3Client({ ...options, forcePathStyle: true });
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket: "d2b-dev-processed" }));
    const TagSet = [{ Key: "environment", Value: "by hand" }];
    await s3.send(new PutBucketTaggingCommand({ Bucket: "d2b-dev-processed", Tagging: { TagSet } }));

    const result = await drift();
    expect(result, result.stdout.slice(-3000)).toMatchObject({
      code: 2,
      statuses: {
        ...each("no-drift"),
        "dev/storage/s3": "drifted",
        "dev/workflow/lambda": "drifted",
        "dev/workflow/glue": "drifted",
      },
    });
    expect(driftOf(result, "dev/workflow/lambda")?.["resources"]).toEqual([
      {
        resource: expect.stringContaining("aws_lambda_function.") as string,
        status: "changed",
        attributes: ["tags", "tags_all", "timeout"],
      },
    ]);
    expect(driftOf(result, "dev/workflow/glue")?.["resources"]).toMatchObject([
      { resource: expect.stringContaining("aws_glue_trigger.") as string, status: "gone" },
    ]);
    expect(driftOf(result, "dev/storage/s3")?.["resources"]).toMatchObject([
      { resource: expect.stringContaining("aws_s3_bucket.") as string, status: "changed" },
      { resource: expect.stringContaining("aws_s3_bucket_public_access_block.") as string, status: "gone" },
    ]);
  });

  test("is brought back by an apply that reads anew", async () => {
    const applied = await project.run(
      ...["apply", "dev", "--auto-approve", "--refresh", "--no-test", "--target", "emulator"],
    );
    expect(applied, applied.stdout.slice(-3000)).toMatchObject({ code: 0 });
    expect(await drift()).toMatchObject({ code: 0, statuses: each("no-drift") });
  });
});
