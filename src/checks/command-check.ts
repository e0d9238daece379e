import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { cutLine, quoteText } from "../plans/quote-text.ts";
import { type CheckRunner, failed, passed, withinLimit } from "./check-attempt.ts";
import { endOf } from "./excerpt.ts";
import { runProgram } from "./run-program.ts";
import { optionalText, SettingError, textListSetting, textMapSetting } from "./setting.ts";

/** A program, without a shell, that must exit with 0. */
export const runCommandCheck: CheckRunner = async (attempt) => {
  const { settings, context, signal } = attempt;
  const [program, ...args] = textListSetting(settings, "run");
  if (program === undefined || program === "") throw new SettingError("'run' must name a program");
  const contains = optionalText(settings, "contains");
  const written = optionalText(settings, "cwd");
  const folder = resolve(context.specFolder, written ?? ".");
  if (!(await isFolder(folder)))
    throw new SettingError(`there is no folder '${written ?? folder}' beside the spec`);
  const env = { ...context.environment, ...Object.fromEntries(textMapSetting(settings, "env")) };

  const command = `'${cutLine(attempt.redact([program, ...args].join(" ")))}'`;
  const end = await runProgram({ program, args, folder, env, signal });
  const details = endOf(attempt.redact(stripVTControlCharacters(end.output)));
  if (end.startError !== undefined) return failed(`${command} could not be started: ${end.startError}`);
  if (end.wasStopped) return failed(`${command} did not end ${withinLimit(attempt)}`, details);
  if (end.exitCode === null) return failed(`${command} was ended by ${end.signal}`, details);
  if (end.exitCode !== 0) return failed(`${command} exited with ${end.exitCode}`, details);
  if (contains !== undefined && !end.output.includes(contains))
    return failed(
      `${command} exited with 0, but its output does not hold ${quoteText(attempt.redact(contains))}`,
      details,
    );
  return passed(`${command} exited with 0`);
};

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
