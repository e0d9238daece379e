import type { ModuleContract, ModuleInput, ModuleOutput } from "../modules/contract.ts";
import { renderLiteral } from "../modules/render-literal.ts";
import { renderTerraformType } from "../modules/render-type.ts";
import { byCodePoint } from "../text/compare.ts";

const BEGIN = "<!-- contract:begin -->";
const END = "<!-- contract:end -->";

/** A README with the contract between its markers; as it was, where it has none. */
export function moduleReadme(readme: string, contract: ModuleContract): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END, begin);
  if (begin < 0 || end < 0) return readme;
  return `${readme.slice(0, begin + BEGIN.length)}\n${renderContract(contract)}\n${readme.slice(end)}`;
}

/** The contract of a module as Markdown tables, each under a heading; what the module has none of is left out. */
export function renderContract(contract: ModuleContract): string {
  const inputs = [...contract.inputs.values()].map(inputRow);
  const outputs = [...contract.outputs.values()].map(outputRow);
  return [
    table("Inputs", ["Name", "Type", "Default", "What it is"], inputs),
    table("Outputs", ["Name", "What it is"], outputs),
    table("Providers", ["Name", "Source", "Version"], providerRows(contract)),
    table("Resources", ["Type", "Names"], resourceRows(contract)),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function table(heading: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [`## ${heading}`, "", line(columns), `|${"---|".repeat(columns.length)}`, ...rows.map(line)].join(
    "\n",
  );
}

function inputRow(input: ModuleInput): readonly string[] {
  const remarks = [input.sensitive ? "Sensitive." : "", input.ephemeral ? "Ephemeral." : ""];
  return [
    code(input.name),
    code(renderTerraformType(input.type)),
    input.required
      ? "required"
      : input.default === undefined
        ? "computed"
        : code(renderLiteral(input.default)),
    prose(input.description, ...remarks),
  ];
}

function outputRow({ name, description, sensitive, ephemeral }: ModuleOutput): readonly string[] {
  return [code(name), prose(description, sensitive ? "Sensitive." : "", ephemeral ? "Ephemeral." : "")];
}

function providerRows({ providers }: ModuleContract): readonly (readonly string[])[] {
  return [...providers.values()].map(({ name, source, version, aliases }) => [
    [name, ...aliases.map((alias) => `${name}.${alias}`)].map(code).join(", "),
    code(source),
    version === undefined ? "" : code(version),
  ]);
}

function resourceRows({ resources }: ModuleContract): readonly (readonly string[])[] {
  const namesByType = new Map<string, string[]>();
  for (const { mode, type, name, module } of resources) {
    const label = mode === "managed" ? type : `${type} (${mode})`;
    const names = namesByType.get(label) ?? [];
    names.push(module === undefined ? name : `${module}.${name}`);
    namesByType.set(label, names);
  }
  return [...namesByType]
    .sort(([left], [right]) => byCodePoint(left, right))
    .map(([label, names]) => [label.replace(/^\S+/, code), names.sort(byCodePoint).map(code).join(", ")]);
}

/** A code span that holds whatever the text holds, also backticks, within a cell of a table. */
function code(text: string): string {
  const runs = text.match(/`+/g)?.map((run) => run.length) ?? [];
  let length = 1;
  while (runs.includes(length)) length++;
  const fence = "`".repeat(length);
  const space = /^`|`$/.test(text) ? " " : "";
  return `${fence}${space}${text.replace(/\|/g, "\\|")}${space}${fence}`;
}

function prose(...parts: readonly (string | undefined)[]): string {
  const text = parts.filter((part) => part !== undefined && part !== "").join(" ");
  return text
    .trim()
    .replace(/</g, "&lt;")
    .replace(/\|/g, "\\|")
    .replace(/\s*\n\s*/g, " ");
}
