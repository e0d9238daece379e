import type { CheckRunner } from "./check-attempt.ts";

/** The one register of the kinds of checks; each is loaded when it is first used, since some bring an SDK along. */
export const RUNNER_BY_KIND: ReadonlyMap<string, () => Promise<CheckRunner>> = new Map<
  string,
  () => Promise<CheckRunner>
>([
  ["http", async () => (await import("./http-check.ts")).runHttpCheck],
  ["tcp", async () => (await import("./tcp-check.ts")).runTcpCheck],
  ["command", async () => (await import("./command-check.ts")).runCommandCheck],
  ["s3", async () => (await import("./s3-check.ts")).runS3Check],
  ["lambda", async () => (await import("./lambda-check.ts")).runLambdaCheck],
  ["sql", async () => (await import("./sql-check.ts")).runSqlCheck],
  ["quality", async () => (await import("./quality-check.ts")).runQualityCheck],
  ["glue", async () => (await import("./glue-check.ts")).runGlueCheck],
]);
