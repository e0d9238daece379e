import baseSchema from "../../schema/platform.schema.json" with { type: "json" };
import type { ProjectTemplate } from "../generate/project/project-templates.ts";
import { didYouMean } from "../rules/did-you-mean.ts";
import { askText, canAsk } from "./ask.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT } from "./exit-codes.ts";

/** A template with what it says of itself. */
export interface OfferedTemplate {
  readonly template: ProjectTemplate;
  readonly description: string;
}

const { pattern, patternErrorMessage } = baseSchema.definitions.Name;

/** The template that was named, or that somebody chooses by number or name. */
export async function chooseTemplate(
  given: string | undefined,
  offered: readonly OfferedTemplate[],
  context: Context,
): Promise<ProjectTemplate> {
  const names = offered.map(({ template }) => template.name);
  if (given !== undefined) return templateNamed(given, offered);
  if (!canAsk(context))
    throw new CommandError(
      "no template is named, and nobody is here to ask",
      `name one with --template: ${names.join(", ")}; 'platc init --list' says what they are`,
      EXIT.usage,
    );
  const byNumber = (answer: string): string =>
    (answer === "" ? names[0] : names[Number(answer) - 1]) ?? answer;
  context.stdout.write(`Which template?\n${numbered(offered)}`);
  return askUntil(context, "Number or name [1]: ", (answer) => templateNamed(byNumber(answer), offered));
}

/** The name that was given, that somebody types, or that the folder has. */
export async function chooseName(
  given: string | undefined,
  folder: string,
  context: Context,
): Promise<string> {
  if (given !== undefined) return checkedName(given);
  if (!canAsk(context)) return checkedName(folder, "; name the platform with --name");
  const offer = isName(folder) ? folder : undefined;
  const question = `Name of the platform, with which global names begin${offer ? ` [${offer}]` : ""}: `;
  return askUntil(context, question, (answer) => checkedName(answer === "" ? (offer ?? "") : answer));
}

function templateNamed(name: string, offered: readonly OfferedTemplate[]): ProjectTemplate {
  const chosen = offered.find(({ template }) => template.name === name);
  if (chosen) return chosen.template;
  const names = offered.map(({ template }) => template.name);
  throw new CommandError(
    `there is no template '${name}'`,
    didYouMean(name, names, "the templates are", "'platc init --list' says what there is"),
    EXIT.usage,
  );
}

function checkedName(name: string, advice = ""): string {
  if (isName(name)) return name;
  throw new CommandError(
    `'${name}' cannot be the name of a platform`,
    `${patternErrorMessage}, and has at most 40 of them${advice}`,
    EXIT.usage,
  );
}

function isName(text: string): boolean {
  return new RegExp(pattern).test(text);
}

function numbered(offered: readonly OfferedTemplate[]): string {
  const width = Math.max(...offered.map(({ template }) => template.name.length));
  const lines = offered.map(
    ({ template, description }, index) => `  ${index + 1}  ${template.name.padEnd(width)}  ${description}`,
  );
  return `${lines.join("\n")}\n`;
}

/** Asks until the answer is good; says each time what is wrong with it. */
async function askUntil<Result>(
  context: Context,
  question: string,
  judge: (answer: string) => Result,
): Promise<Result> {
  for (;;) {
    const answer = await askText(context, question);
    if (answer === undefined) throw new CommandError("nothing was written", undefined, EXIT.interrupted);
    try {
      return judge(answer);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      context.stdout.write(`${error.message}: ${error.hint}\n`);
    }
  }
}
