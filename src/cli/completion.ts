import { Argument, type Command } from "commander";
import type { Platform } from "../stacks/platform-model.ts";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { mutedContext } from "./muted-context.ts";

type Shell = import("./completion-scripts.ts").Shell;

const SHELLS: readonly Shell[] = ["bash", "zsh", "fish"];

/** `platc completion`, and the hidden `platc complete` by which shells ask. */
export function addCompletion(
  program: Command,
  run: (work: () => Promise<ExitCode>) => Promise<void>,
  context: Context,
): void {
  program
    .command("completion")
    .description("print the script that completes commands, options, environments and stacks in a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .addHelpText(
      "after",
      `
It knows the platform of the folder that you are in: addresses part by part, selectors, outputs, git revisions.

Examples:
  source <(platc completion bash)           in this shell; put the line into ~/.bashrc for all
  source <(platc completion zsh)            after compinit in ~/.zshrc
  platc completion fish > ~/.config/fish/completions/platc.fish
`,
    )
    .action((shell: Shell) =>
      run(async () => {
        const { COMPLETION_SCRIPTS } = await import("./completion-scripts.ts");
        context.stdout.write(COMPLETION_SCRIPTS[shell]);
        return EXIT.ok;
      }),
    );
  program
    .command("complete", { hidden: true })
    .argument("[words...]", "the words after 'platc', the last of them unfinished")
    .action((words: readonly string[]) => run(() => completeCommand(program, words, context)));
}

async function completeCommand(
  program: Command,
  words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { completeWords } = await import("./complete-words.ts");
  const platform = (): Promise<Platform | undefined> => platformAt(mutedContext(context), specIn(words));
  context.stdout.write(await completeWords(program, words, { folder: context.cwd, platform }));
  return EXIT.ok;
}

function specIn(words: readonly string[]): string | undefined {
  const at = words.indexOf("--spec");
  if (at >= 0) return words[at + 1];
  return words.find((word) => word.startsWith("--spec="))?.slice("--spec=".length);
}

/** Somebody is typing: no mistake of the spec is told now. */
async function platformAt(context: Context, spec: string | undefined): Promise<Platform | undefined> {
  const { analyseProject, openProject } = await import("./load-platform.ts");
  try {
    return (await analyseProject(context, openProject(context, spec))).platform;
  } catch {
    return undefined;
  }
}
