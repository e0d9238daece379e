import type { Platform } from "../../stacks/platform-model.ts";
import { folderOf } from "../../text/paths.ts";
import { firstEnvironments } from "./first-environments.ts";
import { codes, paragraphs, shell, table } from "./markdown.ts";
import { REHEARSAL_SCHEMA_FILE, SCHEMA_FILE } from "./name-platform.ts";
import { cloudSection } from "./readme-cloud.ts";
import { commandOf, firstOf, type ReadmeSource, rehearsalCommands } from "./readme-source.ts";

/** What somebody reads who opens the new project: what it is, and the commands in order. */
export function projectReadme(source: ReadmeSource): string {
  return `${paragraphs(
    introduction(source),
    begin(source),
    rehearse(source),
    emulate(source),
    cloudSection(source),
    change(source),
    pullRequests(source),
    source.notes && `## About the template\n\n${source.notes}`,
  )}\n`;
}

function introduction({ platform, description, template, workflowPath }: ReadmeSource): string {
  const { spec, specPath } = platform;
  const rows = [
    [`\`${specPath}\``, "the platform: edit this; its code lies beside it"],
    [
      `\`out/${spec.name}/\``,
      "the Terraform that it compiles to: committed, never edited, good without platc",
    ],
    [`\`${workflowPath}\``, "plans pull requests and applies what is merged"],
    [`\`${folderOf(specPath)}/${SCHEMA_FILE}\``, "what editors complete and check the spec by"],
    [
      `\`${folderOf(specPath)}/${REHEARSAL_SCHEMA_FILE}\``,
      "the same for `rehearsal.yaml`, where you may say what exists before anything is rehearsed",
    ],
  ];
  return paragraphs(
    `# ${spec.name}`,
    description,
    `Begun with \`platc init --template ${template}\`. The manual of platc is \`node_modules/platc/README.md\`, that of the spec \`node_modules/platc/schema/README.md\`.`,
    table(["Where", "What"], rows),
  );
}

function begin(source: ReadmeSource): string {
  return paragraphs(
    "## Begin",
    shell(
      ["npm install", "platc, at the version that package-lock.json keeps"],
      [commandOf(source, "doctor"), "what is missing, and how to get it"],
      [commandOf(source, "check"), "every mistake in the spec"],
      [commandOf(source, "list"), "the stacks"],
    ),
    "Commit all of it, `package-lock.json` included. VS Code completes the spec as soon as it has the extension that it recommends here (`redhat.vscode-yaml`); other editors with a YAML language server go by the first line of the spec.",
  );
}

function rehearse(source: ReadmeSource): string {
  const { platform } = source;
  const names = firstEnvironments(platform);
  const count = platform.stacks.filter(({ environment }) => names.includes(environment.name)).length;
  return paragraphs(
    "## Rehearse",
    `Real Terraform applies ${codes(names)}, ${count} ${count === 1 ? "stack" : "stacks"}, on this machine, against providers that make everything up. It needs no account and touches none; \`--install\` fetches Terraform where there is none.`,
    shell(...rehearsalCommands(source).map((command) => [command] as const), [
      commandOf(source, "rehearsal reset"),
      "forgets it",
    ]),
  );
}

function emulate(source: ReadmeSource): string | undefined {
  const { spec } = source.platform;
  const emulated = firstEnvironments(source.platform).filter(
    (name) => spec.environments.get(name)?.target === "emulator",
  );
  if (emulated.length === 0) return undefined;
  return paragraphs(
    "## Try it on the emulator",
    "The emulator is a local AWS API, to which the real provider talks: things are really made there, and the smoke tests run. It needs Python 3.9 and the provider from its registry; what this platform needs beside them is said at the end.",
    shell(
      [commandOf(source, `apply ${firstOf(source)}`), "shows, asks, applies, tests"],
      [commandOf(source, `apply ${firstOf(source)}`), "a second time there is nothing to do"],
      ["npx platc emulator stop"],
    ),
  );
}

function change(source: ReadmeSource): string {
  const { platform, workflowPath, unusableBackends } = source;
  const target = unusableBackends.length > 0 ? " --target rehearsal" : "";
  return paragraphs(
    "## Change it",
    shell(
      [`$EDITOR ${platform.specPath}`],
      [commandOf(source, "compile"), "commit the spec and out/ together"],
      [commandOf(source, `plan ${firstOf(source)} --why${target}`), "what would change, and why"],
    ),
    `After a new environment or a new variable also \`${commandOf(source, "ci github --write")}\`, which writes \`${workflowPath}\` anew; after new names or a new version of platc \`${commandOf(source, "schema --write")}\`.`,
  );
}

function pullRequests({ platform, workflowPath }: ReadmeSource): string {
  const { spec } = platform;
  const { branch, target } = spec.github;
  const settings = [
    `- environments ${codes([...spec.environments.keys()])}, for deployments from \`${branch}\` alone`,
    ...(target === "rehearsal" ? [] : gates(platform)),
    ...(target === "cloud" ? identities(platform) : []),
    ...secrets(platform),
  ];
  const what =
    target === "rehearsal"
      ? "A pull request is planned in a rehearsal, and what is merged is rehearsed."
      : "A pull request is planned, with a comment for each environment; a merge applies what differs.";
  return paragraphs(
    "## Pull requests",
    `\`${workflowPath}\` runs on GitHub. ${what} Once, in the settings of the repository:`,
    settings.join("\n"),
  );
}

function gates({ spec }: Platform): readonly string[] {
  return [...spec.environments.values()]
    .filter(({ needsApproval }) => needsApproval)
    .map(({ name }) => `- environment \`${name}-show\` as well, and required reviewers for \`${name}\``);
}

function identities({ spec }: Platform): readonly string[] {
  const providers = new Set([...spec.providers.values()].map(({ localName }) => localName));
  const variable = { aws: "PLATC_AWS_ROLE", azurerm: "PLATC_AZURE_CLIENT_ID" };
  return Object.entries(variable)
    .filter(([provider]) => providers.has(provider))
    .map(([, name]) => `- variable \`${name}\` of the repository (plans) and of each environment (applies)`);
}

function secrets({ spec }: Platform): readonly string[] {
  const names = [...spec.variables.values()].map(({ name }) => `TF_VAR_${name.toUpperCase()}`);
  return names.length > 0 ? [`- secrets ${codes(names)}`] : [];
}
