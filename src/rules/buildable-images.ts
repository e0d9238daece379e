import type { ImageFault, ImageSpec } from "../spec/platform.ts";
import type { SpecRule } from "./rule.ts";

/** Every image has a folder in the project with a Dockerfile in it, whether a stack reads its tag or not. */
export const buildableImages: SpecRule = ({ apps }) =>
  [...apps.values()].flatMap(({ name, image }) => {
    if (!image?.fault) return [];
    const { message, hint } = SENTENCES[image.fault](name, image);
    return [{ code: "bad-image", severity: "error", message, hint, range: image.contextRange }];
  });

const SENTENCES: Readonly<
  Record<ImageFault, (app: string, image: ImageSpec) => { readonly message: string; readonly hint: string }>
> = {
  outside: (app, { context }) => ({
    message: `'${context}', the folder of the image of app '${app}', leads out of the project`,
    hint: "move it into the project: its files decide about the image's tag",
  }),
  empty: (app, { context }) => ({
    message: `there is no file in '${context}', the folder of the image of app '${app}'`,
    hint: "put a Dockerfile there; paths begin at the folder of the spec",
  }),
  "without-dockerfile": (app, { context }) => ({
    message: `there is no Dockerfile in '${context}', the folder of the image of app '${app}'`,
    hint: "its name is 'Dockerfile', and it lies in that folder itself",
  }),
};
