import type { ProviderSchema } from "../provider/provider-schema.ts";
import type { ProviderOverlay } from "../provider/type-overlay.ts";
import type { Fault } from "./fault.ts";

/** What platc tells the provider process first. */
export interface StartMessage {
  readonly kind: "start";
  readonly schemas: readonly ProviderSchema[];
  readonly overlays: readonly ProviderOverlay[];
  readonly worldFolder: string;
  readonly faults: readonly Fault[];
}

/** What platc asks of it later; each is answered under its number. */
export type HostQuestion =
  | { readonly kind: "attach" | "detach"; readonly stack: string }
  | { readonly kind: "report" }
  /** End, as soon as no Terraform is connected any more. */
  | { readonly kind: "stop" };

export interface QuestionMessage {
  readonly kind: "question";
  readonly number: number;
  readonly question: HostQuestion;
}

/** What the provider process tells platc. */
export type HostMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "answer"; readonly number: number; readonly answer: unknown }
  | { readonly kind: "failed"; readonly number: number; readonly message: string };
