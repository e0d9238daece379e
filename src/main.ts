#!/usr/bin/env node
import { optimiseLater } from "./cli/optimise-later.ts";
import { runCommandLine } from "./cli/program.ts";

optimiseLater();

// `platc list | head` closes our output early: no reason to fail, nor to stop a run.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  environment: process.env,
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  now: () => new Date(),
});
