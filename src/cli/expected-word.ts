import type { Argument, Command, Option } from "commander";

/** One thing that may stand there, and what it is. */
export interface Candidate {
  readonly word: string;
  readonly description?: string;
}

/** What the last word of a command line may be. */
export interface ExpectedWord {
  /** Commands and options, or the choices of one. */
  readonly candidates: readonly Candidate[];
  /** Of which option or argument a value may stand there: `--target`, `stacks`. */
  readonly value?: string;
  /** What was typed of it: without `--target=`. */
  readonly typed: string;
  /** The arguments before it. */
  readonly earlier: readonly string[];
}

/** Understands a command line that is being typed, up to its last word, which may be empty. */
export function expectedWord(program: Command, words: readonly string[]): ExpectedWord {
  const typed = words.at(-1) ?? "";
  const { command, earlier, given, awaiting } = readWords(program, words.slice(0, -1));
  const place = { typed, earlier };
  const isFlag = typed.startsWith("-") && given.get("--") === undefined;
  if (awaiting && !(isFlag && awaiting.variadic)) return { ...place, ...valueOf(awaiting) };
  if (!isFlag) return { ...place, ...argumentOf(command, earlier) };
  const equals = typed.indexOf("=");
  if (equals < 0) return { ...place, candidates: optionsOf(command, given) };
  const option = optionAt(command, typed.slice(0, equals));
  const rest = { ...place, typed: typed.slice(equals + 1) };
  return option && takesValue(option) ? { ...rest, ...valueOf(option) } : { ...rest, candidates: [] };
}

interface ReadWords {
  readonly command: Command;
  readonly earlier: readonly string[];
  readonly given: ReadonlyMap<string, Option | undefined>;
  /** The option whose value comes next. */
  readonly awaiting: Option | undefined;
}

function readWords(program: Command, words: readonly string[]): ReadWords {
  let command = program;
  let earlier: readonly string[] = [];
  let awaiting: Option | undefined;
  const given = new Map<string, Option | undefined>();
  for (const word of words) {
    if (awaiting && !(awaiting.variadic && word.startsWith("-"))) {
      if (!awaiting.variadic) awaiting = undefined;
      continue;
    }
    awaiting = undefined;
    if (word.startsWith("-") && !given.has("--")) {
      const option = optionAt(command, word);
      given.set(option?.long ?? word, option);
      if (option?.required) awaiting = option;
      continue;
    }
    const below = earlier.length === 0 && command.commands.find((one) => one.name() === word);
    if (below) command = below;
    else earlier = [...earlier, word];
  }
  return { command, earlier, given, awaiting };
}

function optionAt(command: Command, word: string): Option | undefined {
  const own = command.options.find((one) => one.long === word || one.short === word);
  return own ?? (command.parent ? optionAt(command.parent, word) : undefined);
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

function valueOf(option: Option): Pick<ExpectedWord, "candidates" | "value"> {
  if (option.argChoices) return { candidates: option.argChoices.map((word) => ({ word })) };
  return { candidates: [], ...(option.long && { value: option.long }) };
}

function argumentOf(
  command: Command,
  earlier: readonly string[],
): Pick<ExpectedWord, "candidates" | "value"> {
  const list = command.registeredArguments;
  const last = list.at(-1);
  const argument: Argument | undefined = list[earlier.length] ?? (last?.variadic ? last : undefined);
  const below = earlier.length === 0 ? commandsOf(command) : [];
  if (argument?.argChoices) return { candidates: argument.argChoices.map((word) => ({ word })) };
  if (argument) return { candidates: below, value: argument.name() };
  return { candidates: below.length > 0 ? below : optionsOf(command, new Map()) };
}

function commandsOf(command: Command): readonly Candidate[] {
  const visible = command.createHelp().visibleCommands(command);
  return visible.map((one) => ({ word: one.name(), description: one.description() }));
}

/** Those of the command and those above it, without what stands there already and can stand there but once. */
function optionsOf(command: Command, given: ReadonlyMap<string, unknown>): readonly Candidate[] {
  const own = command.createHelp().visibleOptions(command);
  const above = command.parent ? optionsOf(command.parent, given) : [];
  const candidates = own
    .filter((one) => one.long && (one.variadic || isRepeatable(one) || !given.has(one.long)))
    .map((one) => ({ word: one.long ?? "", description: one.description }));
  const names = new Set(candidates.map(({ word }) => word));
  return [...candidates, ...above.filter(({ word }) => !names.has(word) && word !== "--version")];
}

/** Such an option gathers what it is given. */
function isRepeatable(option: Option): boolean {
  return option.parseArg !== undefined;
}
