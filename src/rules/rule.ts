import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import type { Platform } from "../stacks/platform-model.ts";

/** A law over the spec alone, before stacks are made of it. */
export type SpecRule = (spec: PlatformSpec) => readonly Diagnostic[];

/** A law over the whole platform: spec, contracts and stacks. */
export type PlatformRule = (platform: Platform) => readonly Diagnostic[];
