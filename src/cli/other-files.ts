import { configurationFiles, isTofuFile } from "../modules/configuration-files.ts";
import type { LoadedModule, Platform } from "../stacks/platform-model.ts";
import type { Note } from "../terraform/note.ts";
import { type Flavour, FLAVOURS, flavourOf } from "../text/flavour.ts";

/**
 * Warns where what runs takes other files of a module than compile has read. Compile goes by the spec alone, so that it
 * writes the same on every machine; PLATC_TERRAFORM, or a PATH with OpenTofu alone, may be of another mind.
 */
export function otherFiles(platform: Platform, addresses: readonly string[], runs: Flavour): readonly Note[] {
  const read = flavourOf(platform.spec.command);
  if (read === runs) return [];
  const sources = addresses.flatMap((address) => platform.stackByAddress.get(address)?.modules ?? []);
  const modules = [...new Set(sources.map(({ source }) => source))].flatMap(
    (source) => platform.modules.get(source) ?? [],
  );
  const files = modules.flatMap(tofuFiles);
  if (files.length === 0) return [];
  const some = files.slice(0, 3).map((file) => `'${file}'`);
  const shown = files.length > 3 ? `${some.join(", ")} and ${files.length - 3} more` : some.join(", ");
  const message =
    runs === "opentofu"
      ? `OpenTofu runs the stacks and takes ${shown}, which compile has not read`
      : `Terraform runs the stacks and does not take ${shown}, which compile has read`;
  const { program } = FLAVOURS[runs];
  return [
    {
      message,
      hint: `Write 'terraform: { command: ${program} }' in the spec, then 'platc compile'; or run ${FLAVOURS[read].product}: PLATC_TERRAFORM=${FLAVOURS[read].program}.`,
    },
  ];
}

function tofuFiles({ files }: LoadedModule): readonly string[] {
  return configurationFiles(files, "opentofu").filter(isTofuFile);
}
