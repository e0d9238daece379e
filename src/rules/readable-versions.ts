import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Range } from "../source/source.ts";
import { child } from "../spec/node.ts";
import type { PlatformSpec, ProviderSpec } from "../spec/platform.ts";
import { isTemplate } from "../templates/parse-template.ts";
import { unreadableTerm } from "../text/version-constraint.ts";
import type { SpecRule } from "./rule.ts";

const HOST = /^[a-z0-9.-]+(:\d+)?$/i;
const PART = /^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u;
const PREFIX = "terraform-provider-";

/** Terraform can read every constraint of a version and every source of a provider. */
export const readableVersions: SpecRule = (spec) => [
  ...ofTerraform(spec),
  ...[...spec.providers.values()]
    .filter(({ alias }) => alias === undefined)
    .flatMap((provider) => [...ofProvider(provider), ...ofSource(provider)]),
];

function ofTerraform({ requiredVersion, requiredVersionRange: range }: PlatformSpec): Diagnostic[] {
  const term = requiredVersion === undefined ? undefined : unreadableTerm(requiredVersion, "terraform");
  return term === undefined || !range ? [] : [badVersion(term, ">= 1.10", range)];
}

function ofProvider({ version, node }: ProviderSpec): Diagnostic[] {
  const term = version === undefined ? undefined : unreadableTerm(version, "provider");
  const range = child(node, "version")?.range;
  return term === undefined || !range ? [] : [badVersion(term, "~> 5.100", range)];
}

function badVersion(term: string, example: string, range: Range): Diagnostic {
  const hint = isTemplate(term)
    ? "write it out: no template is read here"
    : /\d\s+[=!<>~]/.test(term)
      ? "write a ',' between its parts"
      : `write it as Terraform does: '${example}', '>= 1.10, < 2.0' or '1.11.4'`;
  const message = term === "" ? "a version is missing here" : `'${term}' is no constraint of a version`;
  return { code: "bad-version", severity: "error", message, hint, range };
}

function ofSource({ source, node }: ProviderSpec): Diagnostic[] {
  const range = child(node, "source")?.range;
  if (source === undefined || !range || isSource(source)) return [];
  const hint = source.includes(PREFIX)
    ? `leave '${PREFIX}' out`
    : "a source is like 'hashicorp/aws', with the host of the registry before it where it is another one";
  const message = `'${source}' is no source of a provider`;
  return [{ code: "bad-name", severity: "error", message, hint, range }];
}

function isSource(source: string): boolean {
  const parts = source.split("/");
  const names = parts.slice(-2);
  const [host = ""] = parts;
  return (
    parts.length <= 3 &&
    (parts.length < 3 || HOST.test(host)) &&
    names.every((name) => PART.test(name)) &&
    names.at(-1)?.startsWith(PREFIX) === false
  );
}
