import type { Command } from "commander";

/** The options that break a rehearsal on purpose. */
export function addFaultOptions(command: Command): Command {
  return command
    .option("--fail <faults...>", "in a rehearsal, fail: 'dev/raw:2' is the second create of that stack")
    .option("--slow <faults...>", "in a rehearsal, take long: 'dev/raw:1=30s', 'dev/raw:delete:1=2m'")
    .option("--crash <faults...>", "in a rehearsal, let the provider die: 'dev/raw:update:1'");
}

/** The options of every command that opens a run. */
export function addRunOptions(command: Command): Command {
  return command
    .option(
      "--select <selectors...>",
      "more stacks: names, addresses, globs, env:, stage:, customer:, app:, stack:, module:, affected (with --base); '...' reaches to upstreams or dependents, '!' leaves out",
    )
    .option("--base <revision>", "the git revision that the selector 'affected' compares with")
    .option(
      "--target <target>",
      "what to talk to: cloud, emulator or rehearsal; of several (emulator,rehearsal) the first that can be had",
    )
    .option("--parallelism <count>", "Terraform processes at once; as many as there are cores if left out")
    .option("--install", "install a pinned Terraform into platc's cache where none is on the PATH")
    .option("--json", "tell everything as JSON lines")
    .option("--junit <file>", "write a JUnit report")
    .option("--markdown <file>", "write a Markdown report, as for a pull request")
    .option("--html <file>", "write a report as one HTML page");
}

/** The option of a command that shows plans. */
export function addShownPlanOptions(command: Command): Command {
  return command.option(
    "--full",
    "on a terminal, show every change of a long plan, not only how many there are of which type",
  );
}

/** The options of a command that decides which stacks have to run. */
export function addStalenessOptions(command: Command): Command {
  return command
    .option("--refresh", "run stacks that are up to date too, to read data sources and drift")
    .option("--why", "say why each stack runs");
}
