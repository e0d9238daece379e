import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { parseTarget } from "../../../src/cli/parse-target.ts";
import { runCommandLine } from "../../../src/cli/program.ts";

async function said(...args: readonly string[]): Promise<string> {
  const told: string[] = [];
  const stderr = { write: (text: string) => Boolean(told.push(text)) } as unknown as NodeJS.WriteStream;
  const stdout = new PassThrough() as unknown as NodeJS.WriteStream;
  const context = { environment: {}, cwd: "/", stdout, stderr, stdin: process.stdin, now: () => new Date(0) };
  expect(await runCommandLine(args, context)).toBe(64);
  return told.join("");
}

test.each([
  [["run-all", "plan"], "platc plan dev"],
  [["plan", "dev", "--all"], "'platc plan dev' plans all of dev"],
  [["plan", "dev", "-target=aws_s3_bucket.a"], "a stack is named by its address"],
  [["apply", "dev", "-auto-approve"], "options have two dashes here: --auto-approve"],
  [["validate"], "'platc check'"],
  [["import", "a.b", "c"], "refactor: { import:"],
  [["state", "mv", "a", "b"], "'moved: [EARLIER]'"],
  [["state", "rm", "a"], "refactor: { removed:"],
  [["state", "list"], "'platc state inventory'"],
  [["console"], "'platc explain"],
  [["refresh"], "'platc plan --refresh'"],
])("%j is answered by what does that here, and by no other guess", async (args, answer) => {
  const text = await said(...args);
  expect(text).toContain(answer);
  expect(text).toMatch(
    /^error: unknown (command|option) '[^']+'\n {2}[^\n]+\n\(platc --help lists the commands\)\n$/,
  );
});

test("--target with an address of Terraform is told how stacks are named", () => {
  expect(() => parseTarget("aws_s3_bucket.a")).toThrow(
    expect.objectContaining({
      message: "there is no target 'aws_s3_bucket.a'",
      hint: expect.stringContaining(
        "a stack is named by its address, 'platc plan dev/storage/raw'",
      ) as string,
    }),
  );
});

test("what no tool has keeps the guess of what was meant", async () => {
  expect(await said("aply")).toBe(
    "error: unknown command 'aply'\n(Did you mean apply?)\n(platc --help lists the commands)\n",
  );
  expect(await said("constructor")).toBe(
    "error: unknown command 'constructor'\n(platc --help lists the commands)\n",
  );
});
