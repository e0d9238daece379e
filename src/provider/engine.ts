import { applyPlanned } from "./apply-planned.ts";
import { importById } from "./import-by-id.ts";
import { inOwnRegion } from "./in-own-region.ts";
import { planChange } from "./plan-change.ts";
import type { ProviderEngine } from "./provider-engine.ts";
import { openEphemeral, readData } from "./read-data.ts";
import { readMade } from "./read-made.ts";
import { upgradeState } from "./upgrade-state.ts";
import { validateConfig } from "./validate-config.ts";

/** What a rehearsed provider does, each part in a file of its own. */
export const providerEngine: ProviderEngine = {
  validate: validateConfig,
  plan: planChange,
  apply: (context, request, world) =>
    applyPlanned(inOwnRegion(context, request.planned ?? request.prior), request, world),
  read: (context, current, world) => readMade(inOwnRegion(context, current), current, world),
  readData: (context, config, world) => readData(inOwnRegion(context, config), config, world),
  openEphemeral,
  importById,
  upgrade: upgradeState,
};
