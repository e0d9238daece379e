import { registryParts } from "../../stacks/registry-parts.ts";
import type { Platform } from "../../stacks/platform-model.ts";
import { folderOf, resolvePath } from "../../text/paths.ts";

/** An app whose image is to be built: the folder from the project root, and the tag that stacks read as `app.tag`. */
export interface ImageWork {
  readonly app: string;
  readonly context: string;
  readonly tag: string;
}

/** Images that have another tag or another registry than in one of the given states of the project; all, where one is not known. */
export function changedImages(
  platform: Platform,
  bases: readonly (Platform | undefined)[],
): readonly ImageWork[] {
  return [...platform.spec.apps.values()].flatMap(({ name, image }) => {
    const context = image && resolvePath(folderOf(platform.specPath), image.context);
    if (image?.tag === undefined || context === undefined) return [];
    const isSame = bases.every((base) => base && placeOf(base, name) === placeOf(platform, name));
    return isSame ? [] : [{ app: name, context, tag: image.tag }];
  });
}

/** Where an image lies as far as the spec says it: undefined where there is none. */
function placeOf({ spec }: Platform, app: string): string | undefined {
  const image = spec.apps.get(app)?.image;
  return image && JSON.stringify([image.tag, registryParts(spec, image.registry)]);
}
