import type { Command } from "commander";

/** The options that break a rehearsal on purpose. Each takes one fault, so that selectors may follow; it may be said again. */
export function addFaultOptions(command: Command): Command {
  const more = (fault: string, faults: readonly string[] = []): readonly string[] => [...faults, fault];
  return command
    .option(
      "--fail <fault>",
      "in a rehearsal, fail: 'dev/raw:2' is the second create of that stack; may be said more than once",
      more,
    )
    .option("--slow <fault>", "in a rehearsal, take long: 'dev/raw:1=30s', 'dev/raw:delete:1=2m'", more)
    .option("--crash <fault>", "in a rehearsal, let the provider die: 'dev/raw:update:1'", more);
}

/** A command whose arguments are stacks, of which at least one is to be named. */
export function addStacksCommand(program: Command, name: string): Command {
  return program
    .command(name)
    .usage("<stacks...> [options]")
    .argument("[stacks...]", "an environment, or selectors");
}

/** The options of every command that opens a run. */
export function addRunOptions(command: Command): Command {
  return addWorkOptions(
    command
      .option(
        "--select <selectors...>",
        "more stacks: names, addresses, globs, env:, stage:, customer:, app:, stack:, module:, affected (with --base); '...' reaches to upstreams or dependents, '!' leaves out",
      )
      .option("--base <revision>", "the git revision that the selector 'affected' compares with")
      .option(
        "--target <target>",
        "what to talk to: cloud, emulator or rehearsal; of several (emulator,rehearsal) the first that can be had",
      ),
  );
}

/** How many at once, with which Terraform, and what to report to. */
export function addWorkOptions(command: Command): Command {
  return command
    .option("--parallelism <count>", "Terraform processes at once; as many as there are cores if left out")
    .option(
      "--install",
      "install a pinned Terraform, or OpenTofu where the spec says it, into platc's cache where none is on the PATH",
    )
    .option("--json", "tell everything as JSON lines")
    .option("--junit <file>", "write a JUnit report")
    .option("--markdown <file>", "write a Markdown report, as for a pull request")
    .option("--html <file>", "write a report as one HTML page");
}

/** The option of a command that shows plans. */
export function addShownPlanOptions(command: Command): Command {
  return command.option(
    "--full",
    "show every attribute that is known only after apply, and on a terminal every change of a long plan",
  );
}

/** The options of a command that decides which stacks have to run. */
export function addStalenessOptions(command: Command): Command {
  return command
    .option("--refresh", "run stacks that are up to date too, to read data sources and drift")
    .option("--why", "say why each stack runs");
}
