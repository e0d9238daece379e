import { acyclicStacks } from "./acyclic-stacks.ts";
import { knownNames } from "./known-names.ts";
import { knownOutputs } from "./known-outputs.ts";
import { moduleInputs } from "./module-inputs.ts";
import { onePlaceEach } from "./one-place-each.ts";
import type { PlatformRule, SpecRule } from "./rule.ts";

/** Every law over a spec. A rule is a file and a line here. */
export const SPEC_RULES: readonly SpecRule[] = [knownNames];

/** Every law over a platform. */
export const PLATFORM_RULES: readonly PlatformRule[] = [
  onePlaceEach,
  knownOutputs,
  moduleInputs,
  acyclicStacks,
];

/** What is no mistake and probably not meant either: said only where there are no mistakes. */
export const ADVICE: readonly PlatformRule[] = [];
