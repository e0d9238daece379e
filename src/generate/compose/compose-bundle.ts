import { invariant } from "../../diagnostics/invariant.ts";
import type { OutputFile } from "../../emit/emit-platform.ts";
import type { Compose, ComposeContent } from "../../stacks/compose.ts";
import { toPlain } from "../../templates/value.ts";
import { withFileList } from "../with-file-list.ts";
import { fileInBundle } from "./file-in-bundle.ts";
import { writeComposeFile } from "./write-compose-file.ts";
import { writeComposeReadme } from "./write-compose-readme.ts";
import { writeHadoopXml } from "./write-hadoop-xml.ts";
import { writeProperties } from "./write-properties.ts";

/**
 * Everything that runs an environment on the own machine, by paths within the bundle, sorted: the same bytes for the same
 * spec. `toSpec` is the way from the bundle to the folder of the spec.
 */
export function composeBundle(compose: Compose, toSpec: string): readonly OutputFile[] {
  return withFileList([
    { path: "compose.yaml", content: writeComposeFile(compose, toSpec) },
    { path: "README.md", content: writeComposeReadme(compose) },
    ...compose.services.flatMap(({ name, files }) =>
      files.flatMap(({ path, contents: [content] }) => {
        invariant(content, `file ${path} holds nothing`);
        const written = contentOf(content);
        return written === undefined ? [] : [{ path: fileInBundle(name, path), content: written }];
      }),
    ),
  ]);
}

/** What stands in a file that is generated; undefined where it lies beside the spec. */
function contentOf(content: ComposeContent): string | undefined {
  switch (content.kind) {
    case "source":
      return undefined;
    case "text":
      return content.text;
    case "properties":
      return writeProperties(content.properties);
    case "hadoop":
      return writeHadoopXml(content.properties);
    case "json":
      return `${JSON.stringify(toPlain(content.value), null, 2)}\n`;
  }
}
