import { ableBootstrap } from "./able-bootstrap.ts";
import { acyclicPromotion } from "./acyclic-promotion.ts";
import { acyclicStacks } from "./acyclic-stacks.ts";
import { bareReferences } from "./bare-references.ts";
import { buildableImages } from "./buildable-images.ts";
import { callableModules } from "./callable-modules.ts";
import { cloudNames } from "./cloud-names.ts";
import { configuredProviders } from "./configured-providers.ts";
import { distinctIdentifiers } from "./distinct-identifiers.ts";
import { distinctImports } from "./distinct-imports.ts";
import { distinctMoves } from "./distinct-moves.ts";
import { filledStacks } from "./filled-stacks.ts";
import { keysWithEffect } from "./keys-with-effect.ts";
import { knownBlocks } from "./known-blocks.ts";
import { knownCalls } from "./known-calls.ts";
import { knownNames } from "./known-names.ts";
import { knownOutputs } from "./known-outputs.ts";
import { knownProviders } from "./known-providers.ts";
import { layersWithEffect } from "./layers-with-effect.ts";
import { moduleInputs } from "./module-inputs.ts";
import { noLiteralReferences } from "./no-literal-references.ts";
import { noSecretTexts } from "./no-secret-texts.ts";
import { noSecrets, noSecretVars } from "./no-secrets.ts";
import { nothingUnused } from "./nothing-unused.ts";
import { onePlaceEach } from "./one-place-each.ts";
import { pushableImages } from "./pushable-images.ts";
import { readableVersions } from "./readable-versions.ts";
import type { PlatformRule, SpecRule } from "./rule.ts";
import { typedVariables } from "./typed-variables.ts";
import { validChecks } from "./valid-checks.ts";
import { validCompose } from "./valid-compose.ts";
import { validDriftSchedule } from "./valid-drift-schedule.ts";
import { validExpectations } from "./valid-expectations.ts";
import { validNames } from "./valid-names.ts";
import { validPipelines } from "./valid-pipelines.ts";
import { validSchedules } from "./valid-schedules.ts";
import { validSteps } from "./valid-steps.ts";

/** Every law over a spec. A rule is a file and a line here. */
export const SPEC_RULES: readonly SpecRule[] = [
  knownNames,
  validNames,
  acyclicPromotion,
  keysWithEffect,
  buildableImages,
  knownBlocks,
  readableVersions,
  typedVariables,
  noSecretVars,
  noSecretTexts,
  validDriftSchedule,
];

/** Every law over a platform. */
export const PLATFORM_RULES: readonly PlatformRule[] = [
  onePlaceEach,
  filledStacks,
  distinctIdentifiers,
  distinctMoves,
  distinctImports,
  knownOutputs,
  knownProviders,
  knownCalls,
  bareReferences,
  callableModules,
  moduleInputs,
  validChecks,
  validExpectations,
  validSchedules,
  validSteps,
  validPipelines,
  validCompose,
  pushableImages,
  cloudNames,
  ableBootstrap,
  noSecrets,
  acyclicStacks,
];

/** What is no mistake and probably not meant either: said only where there are no mistakes. */
export const ADVICE: readonly PlatformRule[] = [
  nothingUnused,
  configuredProviders,
  layersWithEffect,
  noLiteralReferences,
];
