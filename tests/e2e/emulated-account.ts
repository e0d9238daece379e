import { GetDatabasesCommand, GetJobsCommand, GetTriggersCommand, GlueClient } from "@aws-sdk/client-glue";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";

/** What lies in an emulated account, by AWS's own SDKs; names in order. */
export function emulatedAccount(endpoint: string) {
  const options = {
    endpoint,
    region: "ap-northeast-2",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const glue = new GlueClient(options);
  const lambda = new LambdaClient(options);
  return {
    buckets: async () => names((await s3.send(new ListBucketsCommand({}))).Buckets),
    keys: async (Bucket: string) =>
      ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key ?? ""),
    object: async (Bucket: string, Key: string) =>
      (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString(),
    remove: (Bucket: string, Key: string) => s3.send(new DeleteObjectCommand({ Bucket, Key })),
    removeBucket: (Bucket: string) => s3.send(new DeleteBucketCommand({ Bucket })),
    functions: async () =>
      ((await lambda.send(new ListFunctionsCommand({}))).Functions ?? []).map(
        ({ FunctionName }) => FunctionName,
      ),
    jobs: async () => names((await glue.send(new GetJobsCommand({}))).Jobs),
    triggers: async () => names((await glue.send(new GetTriggersCommand({}))).Triggers),
    databases: async () => names((await glue.send(new GetDatabasesCommand({}))).DatabaseList),
    roles: () => roles(endpoint),
  };
}

function names(found: readonly { readonly Name?: string | undefined }[] = []): readonly string[] {
  return found.map(({ Name = "" }) => Name).sort();
}

/** IAM's client is no dependency of platc; its protocol is a form and an answer in XML. */
async function roles(endpoint: string): Promise<readonly string[]> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: "Action=ListRoles&Version=2010-05-08",
  });
  const text = await response.text();
  return [...text.matchAll(/<RoleName>([^<]*)<\/RoleName>/g)].map(([, name = ""]) => name).sort();
}
