import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { endOf } from "../checks/excerpt.ts";
import { runProgram } from "../checks/run-program.ts";
import { optionalText, SettingError, textListSetting, textMapSetting } from "../checks/setting.ts";
import { cutLine } from "../plans/quote-text.ts";
import type { StepEnd, StepRunner } from "./step-run.ts";

/** A program, without a shell, that must exit with 0. Secrets reach it by its environment alone. */
export const runCommandStep: StepRunner = async (run) => {
  const { settings, signal, redact, context } = run;
  const [program, ...args] = textListSetting(settings, "run");
  if (program === undefined || program === "") throw new SettingError("'run' must name a program");
  const written = optionalText(settings, "cwd");
  const folder = resolve(context.specFolder, written ?? ".");
  if (!(await isFolder(folder)))
    throw new SettingError(`there is no folder '${written ?? folder}' beside the spec`);
  const env = { ...context.environment, ...Object.fromEntries(textMapSetting(settings, "env")) };

  const command = `'${cutLine(redact([program, ...args].join(" ")))}'`;
  const end = await runProgram({ program, args, folder, env, signal });
  const details = endOf(redact(stripVTControlCharacters(end.output)));
  const failed = (message: string): StepEnd => ({
    status: "failed",
    message: `${command} ${message}`,
    ...(details !== "" && { details }),
  });
  if (end.startError !== undefined) return failed(`could not be started: ${end.startError}`);
  if (end.wasStopped) return failed(`was stopped: it did not end within ${run.timeoutSeconds} s`);
  if (end.exitCode === null) return failed(`was ended by ${end.signal}`);
  if (end.exitCode !== 0) return failed(`exited with ${end.exitCode}`);
  return { status: "done", message: `${command} exited with 0` };
};

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
