import { createInterface } from "node:readline/promises";
import type { Context } from "./context.ts";

/** Whether somebody sits there who can answer. */
export function canAsk(context: Context): boolean {
  return context.stdin.isTTY === true && context.stdout.isTTY === true;
}

/** Asks a question that only "yes" says yes to. */
export async function askYes(context: Context, question: string, signal: AbortSignal): Promise<boolean> {
  const prompt = createInterface({ input: context.stdin, output: context.stdout });
  try {
    const answer = await prompt.question(`${question}\n  Only 'yes' goes on: `, { signal });
    return answer.trim() === "yes";
  } catch {
    return false;
  } finally {
    prompt.close();
  }
}

/** Asks for one line, without spaces around it; undefined where somebody ends the input instead. */
export async function askText(context: Context, question: string): Promise<string | undefined> {
  const prompt = createInterface({ input: context.stdin, output: context.stdout });
  try {
    const answer = await new Promise<string | undefined>((resolve) => {
      prompt.once("SIGINT", () => prompt.close());
      prompt.once("close", () => resolve(undefined));
      prompt.question(question).then(
        (answer) => resolve(answer.trim()),
        () => resolve(undefined),
      );
    });
    if (answer === undefined) context.stdout.write("\n");
    return answer;
  } finally {
    prompt.close();
  }
}
