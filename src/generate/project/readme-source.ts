import type { Platform } from "../../stacks/platform-model.ts";
import type { ExplainedVar } from "./explained-vars.ts";
import { firstEnvironments } from "./first-environments.ts";
import { madeUpVariables } from "./made-up-variables.ts";

/** What the README of a new project is written from. */
export interface ReadmeSource {
  readonly platform: Platform;
  readonly template: string;
  readonly description: string | undefined;
  readonly vars: readonly ExplainedVar[];
  /** What the template's own README says, without its title. */
  readonly notes: string | undefined;
  readonly workflowPath: string;
  /** The backends of states that plan and apply refuse. */
  readonly unusableBackends: readonly string[];
  /** Whether commands find the spec by themselves. */
  readonly isFound: boolean;
}

/** A command of platc as it is typed in the new project. */
export function commandOf({ isFound, platform }: ReadmeSource, command: string): string {
  return `npx platc ${command}${isFound ? "" : ` --spec ${platform.specPath}`}`;
}

/** The environments that come first, as arguments. */
export function firstOf({ platform }: ReadmeSource): string {
  return firstEnvironments(platform).join(" ");
}

/** The first commands that show something: all of the first environment, made up, with values for what has none. */
export function rehearsalCommands(source: ReadmeSource): readonly string[] {
  return [
    ...madeUpVariables(source.platform.spec).map(({ name, value }) => `export TF_VAR_${name}=${value}`),
    commandOf(source, `apply ${firstOf(source)} --target rehearsal --auto-approve=deferred --install`),
  ];
}
