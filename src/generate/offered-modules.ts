import { loadModules } from "../modules/load-modules.ts";
import type { ParseHcl } from "../modules/parsed-hcl.ts";
import type { Sources } from "../source/sources.ts";
import { moduleNames } from "../stacks/module-sources.ts";
import { byCodePoint } from "../text/compare.ts";
import type { Flavour } from "../text/flavour.ts";
import type { OfferedModule } from "./platform-schema.ts";

/**
 * Every module that can be read, `modules/<cloud>/<name>`, with the first paragraph of its README: those of the project,
 * and those that platc ships where the project has none of that name.
 */
export async function offeredModules(
  sources: Sources,
  parseHcl: ParseHcl,
  { shipped, flavour = "terraform" }: { readonly shipped?: Sources; readonly flavour?: Flavour } = {},
): Promise<readonly OfferedModule[]> {
  const own = await modulesIn(sources, parseHcl, flavour);
  const names = new Set(own.map((module) => module.source));
  const others = shipped ? await modulesIn(shipped, parseHcl, flavour) : [];
  return [...own, ...others.filter((module) => !names.has(module.source))].sort((left, right) =>
    byCodePoint(left.source, right.source),
  );
}

async function modulesIn(
  sources: Sources,
  parseHcl: ParseHcl,
  flavour: Flavour,
): Promise<readonly OfferedModule[]> {
  const names = moduleNames(await sources.listFiles("modules"), flavour);
  const loaded = await loadModules([...names].sort(byCodePoint), sources, parseHcl, { flavour });
  const offered = [...loaded.values()].map(async ({ source, folder, contract }) => {
    if (!contract) return [];
    const readme = await sources.readText(`${folder}/README.md`);
    return [{ source, contract, description: readme && firstParagraph(readme) }];
  });
  return (await Promise.all(offered)).flat();
}

function firstParagraph(readme: string): string | undefined {
  const paragraphs = readme.split(/\r?\n\s*\r?\n/).map((paragraph) => paragraph.trim());
  return paragraphs.find((paragraph) => paragraph !== "" && !/^(#|<!--|\[!|!\[|```)/.test(paragraph));
}
