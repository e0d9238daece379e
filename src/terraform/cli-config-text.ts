import { byCodePoint } from "../text/compare.ts";
import { quote } from "./cli-config-of-json.ts";
import type { ProviderMirror } from "./provider-mirror.ts";

/** A CLI configuration: the user's own settings, then where each provider comes from. */
export function cliConfigText(userText: string, mirrors: readonly ProviderMirror[]): string {
  const blocks = mirrors.map(
    (mirror) =>
      `  filesystem_mirror {\n    path    = ${quote(mirror.path)}\n    include = ${list(sourcesOf([mirror]))}\n  }\n`,
  );
  const direct = `  direct {\n    exclude = ${list(sourcesOf(mirrors))}\n  }\n`;
  return [
    "# Written by platc for its own runs: the user's CLI configuration with the provider mirrors that were found.\n",
    userText,
    `provider_installation {\n${blocks.join("")}${direct}}\n`,
  ].join("\n");
}

function sourcesOf(mirrors: readonly ProviderMirror[]): readonly string[] {
  const sources = mirrors.flatMap(({ providers }) => providers.map(({ source }) => source));
  return [...new Set(sources)].sort(byCodePoint);
}

function list(texts: readonly string[]): string {
  return `[${texts.map(quote).join(", ")}]`;
}
