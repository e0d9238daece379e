import type { Platform } from "../../stacks/platform-model.ts";
import type { ExplainedVar } from "./explained-vars.ts";
import { firstEnvironments, laterEnvironments } from "./first-environments.ts";
import { madeUpVariables } from "./made-up-variables.ts";
import { codes, paragraphs, shell, type ShellLine, table } from "./markdown.ts";
import { commandOf, firstOf, type ReadmeSource } from "./readme-source.ts";

/** The way to the real cloud, as far as it can be gone. */
export function cloudSection(source: ReadmeSource): string {
  return paragraphs(
    "## In the cloud",
    "First make it yours:",
    changes(source.vars, source.platform.specPath),
    variables(source.platform),
    source.unusableBackends.length > 0 ? refused(source) : way(source),
  );
}

function changes(vars: readonly ExplainedVar[], spec: string): string | undefined {
  if (vars.length === 0) return undefined;
  const rows = vars.map(({ name, value, comment }) => [
    `\`${name}\``,
    value === undefined ? "" : `\`${value}\``,
    comment,
  ]);
  return table([`\`vars\` in \`${spec}\``, "Now", "What it is"], rows);
}

function variables({ spec }: Platform): string | undefined {
  const wanted = madeUpVariables(spec);
  if (wanted.length === 0) return undefined;
  const rows = wanted.map(({ name, description, isSensitive }) => [
    `\`TF_VAR_${name}\``,
    `${description ?? ""}${isSensitive ? " A secret." : ""}`.trim(),
  ]);
  return paragraphs(
    "Give values to these, in the environment of the command; none of them is in a file here:",
    table(["Variable", "What it is"], rows),
  );
}

function refused({ unusableBackends }: ReadmeSource): string {
  return `**This platform can be compiled and rehearsed, and not yet be run by platc**: its states lie in ${codes(unusableBackends)}, where platc cannot keep its records, so \`platc plan\` and \`platc apply\` refuse. The folders in \`out/\` are plain Terraform, which applies them without platc, in the order that \`npx platc graph\` shows. With \`state: { backend: s3 }\` platc runs it.`;
}

function way(source: ReadmeSource): string {
  const { platform } = source;
  const emulated = firstEnvironments(platform).filter(
    (name) => platform.spec.environments.get(name)?.target === "emulator",
  );
  const first = firstOf(source);
  const providers = new Set([...platform.spec.providers.values()].map(({ localName }) => localName));
  return paragraphs(
    platform.spec.bootstrap === undefined
      ? `Where the states lie, ${codes(backends(platform))}, is made by you; \`state\` in the spec names it.`
      : undefined,
    emulated.length > 0
      ? `Take the line \`target: emulator\` out of ${codes(emulated)}, since what is tried on an emulator proves nothing to the next environment. Then:`
      : "Then:",
    shell(
      [commandOf(source, "lock"), "pins the providers for Linux, macOS and Windows"],
      [commandOf(source, "compile")],
      ...(providers.has("aws") ? [["export AWS_PROFILE=...", "which account"] as const] : []),
      [commandOf(source, "doctor --online"), "which credentials and state backends are there"],
      ...(platform.spec.bootstrap === undefined
        ? []
        : [
            [
              commandOf(source, `bootstrap ${withBackend(platform)}`),
              "makes what the states lie in",
            ] as const,
          ]),
      [commandOf(source, `plan ${first}`)],
      [commandOf(source, `apply ${first}`), "shows, asks, applies, tests"],
      ...sharedBeside(platform).map((name): ShellLine => [
        commandOf(source, `apply ${name}`),
        "what all environments share",
      ]),
      ...laterEnvironments(platform).map((name) => promotion(source, name)),
    ),
  );
}

function backends({ stacks }: Platform): readonly string[] {
  return [...new Set(stacks.map(({ state }) => state.backend))].sort();
}

/** Shared environments that the first one does not need. */
function sharedBeside(platform: Platform): readonly string[] {
  const first = firstEnvironments(platform);
  return [...platform.spec.environments.values()]
    .filter(({ name, isShared }) => isShared && !first.includes(name))
    .map(({ name }) => name);
}

/** Shared environments and those that come first, as far as the stack that makes backends is in them. */
function withBackend({ spec, stacks }: Platform): string {
  const made = new Set(
    stacks.filter(({ name }) => name === spec.bootstrap).map(({ environment }) => environment.name),
  );
  return [...spec.environments.values()]
    .filter(({ name, after }) => made.has(name) && after === undefined)
    .map(({ name }) => name)
    .join(" ");
}

/** An environment takes what the one before it has proven, as soon as its states have a place. */
function promotion(source: ReadmeSource, name: string): ShellLine {
  const { spec } = source.platform;
  const promote = commandOf(source, `promote ${name}`);
  const environment = spec.environments.get(name);
  return [
    spec.bootstrap === undefined ? promote : `${commandOf(source, `bootstrap ${name}`)} && ${promote}`,
    `what ${environment?.after} has proven${environment?.needsApproval ? "; waits for 'platc approve'" : ""}`,
  ];
}
