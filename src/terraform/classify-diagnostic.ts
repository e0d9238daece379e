import { twinOf } from "../emit/lock-entries.ts";
import { type Flavour, FLAVOURS } from "../text/flavour.ts";
import { classifyCredentials } from "./classify-credentials.ts";
import type { TerraformDiagnostic } from "./events.ts";
import type { ProviderMirror } from "./provider-mirror.ts";
import { parseStateLock } from "./state-lock.ts";
import type { TerraformError } from "./terraform-error.ts";

export interface ClassifyContext {
  readonly mirrors?: readonly ProviderMirror[];
  readonly platform?: string;
  /** Whose Terraform spoke. */
  readonly flavour?: Flavour;
}

/** `text` is summary and detail in one line, since Terraform wraps what it writes for people. */
type Classify = (
  text: string,
  diagnostic: TerraformDiagnostic,
  context: ClassifyContext,
) => TerraformError | undefined;

/** Recognises an error of Terraform; what is not recognised is passed on in Terraform's words. */
export function classifyDiagnostic(
  diagnostic: TerraformDiagnostic,
  context: ClassifyContext = {},
): TerraformError {
  const text = `${diagnostic.summary} ${diagnostic.detail}`.replace(/\s+/g, " ");
  for (const classify of CLASSIFIERS) {
    const error = classify(text, diagnostic, context);
    if (error) return { ...error, diagnostic };
  }
  return { kind: "diagnostic", message: diagnostic.summary, hint: diagnostic.detail, diagnostic };
}

const CLASSIFIERS: readonly Classify[] = [
  stateLocked,
  lockNotReleased,
  missingRemoteState,
  stateBackendMissing,
  missingProvider,
  whenever(/Saved plan is stale/, {
    kind: "stale-plan",
    message: "The state has changed since the plan was made",
    hint: "Plan again, and look at what it shows.",
  }),
  whenever(/doesn't match any of the checksums previously recorded/, {
    kind: "provider-checksum",
    message: "A provider's package is not the one in the lock file",
    hint: "Where the package is the right one (another platform, or a mirror), run 'platc lock' and compile.",
  }),
  whenever(/Inconsistent dependency lock file|Provider dependency changes detected/, {
    kind: "provider-lock",
    message: "The lock file does not fit the providers of this stack",
    hint: "Run 'platc lock', then 'platc compile'.",
  }),
  whenever(/Backend configuration changed|Backend configuration block has changed/, {
    kind: "backend-changed",
    message: "The state's place is another than at the last init",
    hint: "If the state was moved, remove the stack's folder under .platc; if it was not, move it with 'moved:'.",
  }),
  whenever(/Backend initialization required|Module not installed|Required plugins are not installed/, {
    kind: "init-needed",
    message: "The stack's folder is not initialised",
    hint: "Run the command again; if it stays, remove the stack's folder under .platc.",
  }),
  classifyCredentials,
  whenever(
    /Failed to (?:load|save|persist) state|Error (?:loading|saving) state|Failed to get existing workspaces/,
    {
      kind: "state-backend-unreachable",
      message: "The state's backend does not answer as it should",
      hint: "See what is said below, and whether the backend can be reached.",
    },
  ),
];

function whenever(pattern: RegExp, error: TerraformError): Classify {
  return (text) => (pattern.test(text) ? error : undefined);
}

function stateLocked(text: string, { detail }: TerraformDiagnostic): TerraformError | undefined {
  if (!text.includes("Error acquiring the state lock")) return undefined;
  const lock = parseStateLock(detail);
  if (!lock) {
    const message = "The state's lock could not be taken";
    return { kind: "state-locked", message, hint: "See whether the backend can be reached and written to." };
  }
  return {
    kind: "state-locked",
    lock,
    message: `The state '${lock.path}' is locked by ${lock.who} (${lock.operation}, since ${lock.created})`,
    hint: `Wait until that run has ended. If it is dead, 'platc state unlock ADDRESS' frees the lock.`,
  };
}

function lockNotReleased(text: string): TerraformError | undefined {
  if (!text.includes("Error releasing the state lock")) return undefined;
  const message = "The state's lock may be left behind";
  return {
    kind: "lock-not-released",
    message,
    hint: "'platc state unlock ADDRESS' says whose it is, and frees it.",
  };
}

function missingRemoteState(text: string, { address = "" }: TerraformDiagnostic): TerraformError | undefined {
  if (!text.includes("Unable to find remote state")) return undefined;
  return {
    kind: "missing-remote-state",
    address,
    message: `An upstream has no state yet: '${address}'`,
    hint: "Apply the upstream first.",
  };
}

function stateBackendMissing(text: string): TerraformError | undefined {
  const bucket = /S3 bucket "([^"]+)" does not exist/.exec(text)?.[1];
  const isMissing =
    bucket !== undefined ||
    /NoSuchBucket|S3 bucket does not exist|ContainerNotFound|bucket doesn't exist|The specified (?:container|bucket) does not exist/.test(
      text,
    );
  if (!isMissing) return undefined;
  return {
    kind: "state-backend-missing",
    message:
      bucket === undefined
        ? "The state's backend does not exist"
        : `The state's bucket '${bucket}' does not exist`,
    hint: "Create it with 'platc bootstrap'.",
  };
}

function missingProvider(
  text: string,
  _diagnostic: TerraformDiagnostic,
  { mirrors = [], platform, flavour = "terraform" }: ClassifyContext,
): TerraformError | undefined {
  const provider = /list of available versions for provider ([\w.-]+(?:\/[\w.-]+)+)/.exec(text)?.[1];
  if (provider === undefined) return undefined;
  const constraint = /match the given constraints (.+?)(?= To see which| $|$)/.exec(text)?.[1];
  const held = mirrors.flatMap(({ path, providers }) =>
    providers
      .filter(({ source }) => source.endsWith(`/${provider}`))
      .map(({ source, version }) => `${version}${forOther(source, flavour)} in '${path}'`),
  );
  const wanted = constraint === undefined ? `'${provider}'` : `'${provider}' ${constraint}`;
  const seen = held.length > 0 ? `; there is ${held.join(", ")}` : "";
  const option = platform === undefined ? "" : ` -platform=${platform}`;
  return {
    kind: "missing-provider",
    provider,
    message: /could not connect|no such host|request discovery/.test(text)
      ? `The provider ${wanted} is in no mirror here, and its registry cannot be reached`
      : `The provider ${wanted} is not to be had${seen}`,
    hint: `Where there is a network, run '${FLAVOURS[flavour].program} providers mirror${option} DIR' in the stack's folder; name DIR in PLATC_PROVIDER_MIRROR.`,
  };
}

/** Terraform and OpenTofu each look in a mirror under their own registry's name. */
function forOther(source: string, flavour: Flavour): string {
  if (twinOf(source, flavour) === undefined) return "";
  return flavour === "opentofu" ? " for Terraform" : " for OpenTofu";
}
