import { imageRegistry } from "../stacks/image-registry.ts";
import type { PlatformRule } from "./rule.ts";

/** Every image has one registry for all environments, which is known before anything is applied or made by a stack. */
export const pushableImages: PlatformRule = (platform) =>
  [...platform.spec.apps.values()].flatMap(({ image }) => {
    if (!image?.registry) return [];
    const registry = imageRegistry(platform, image.registry);
    if (registry.status === "ok") return [];
    const { code, message, hint } = registry;
    return [{ code, severity: "error", message, hint, range: image.registry.range }];
  });
