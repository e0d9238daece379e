import type { TerraformDiagnostic } from "./events.ts";
import type { StateLock } from "./state-lock.ts";

/** Why a run failed, for people and for what decides how to go on. */
export type TerraformError = TerraformErrorKind & {
  readonly message: string;
  readonly hint: string;
  /** What Terraform said, with its address and range. */
  readonly diagnostic?: TerraformDiagnostic;
};

export type TerraformErrorKind =
  | { readonly kind: "not-started" | "killed" | "interrupted" | "crashed" | "failed" }
  | { readonly kind: "state-locked"; readonly lock?: StateLock }
  /** Its lock may be left behind. */
  | { readonly kind: "lock-not-released" }
  | { readonly kind: "stale-plan" | "credentials" | "init-needed" | "backend-changed" | "diagnostic" }
  | { readonly kind: "missing-provider"; readonly provider: string }
  | { readonly kind: "provider-checksum" | "provider-lock" }
  | { readonly kind: "state-backend-missing" | "state-backend-unreachable" }
  | { readonly kind: "missing-remote-state"; readonly address: string }
  | { readonly kind: "errored-state"; readonly path: string };
