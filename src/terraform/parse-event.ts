import type {
  ChangeAction,
  ChangeCounts,
  DiagnosticRange,
  EventResource,
  OutputEvent,
  TerraformDiagnostic,
  TerraformEvent,
  TerraformEventBody,
} from "./events.ts";
import { withoutTargeting } from "./without-targeting.ts";

type Raw = Readonly<Record<string, unknown>>;

/** Parses one line of Terraform's log in JSON; never throws, whatever the line holds. */
export function parseEvent(line: string): TerraformEvent {
  const raw = parseObject(line);
  if (!raw || typeof raw["@message"] !== "string") return { kind: "text", message: line };
  const time = raw["@timestamp"];
  const event = { ...parseBody(raw), message: raw["@message"] };
  return typeof time === "string" ? { ...event, time } : event;
}

function parseObject(line: string): Raw | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return asRaw(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function parseBody(raw: Raw): TerraformEventBody {
  const type = text(raw["type"]);
  const [hook, change] = [asRaw(raw["hook"]), asRaw(raw["change"])];
  switch (type) {
    case "version":
      return typeof raw["tofu"] === "string"
        ? { kind: type, version: raw["tofu"], flavour: "opentofu" }
        : { kind: type, version: text(raw["terraform"]), flavour: "terraform" };
    case "planned_change":
    case "resource_drift":
      if (change) return { kind: type, ...changeOf(change) };
      break;
    case "apply_start":
    case "apply_progress":
    case "apply_complete":
    case "apply_errored":
    case "refresh_start":
    case "refresh_complete":
      if (hook) return { kind: type, ...hookOf(hook) };
      break;
    case "provision_start":
    case "provision_progress":
    case "provision_complete":
    case "provision_errored":
      if (hook) return { kind: type, ...provisionOf(hook) };
      break;
    case "change_summary":
      return { kind: type, counts: countsOf(asRaw(raw["changes"]) ?? {}) };
    case "outputs":
      return { kind: type, outputs: (asRaw(raw["outputs"]) ?? {}) as Readonly<Record<string, OutputEvent>> };
    case "diagnostic":
      return { kind: type, diagnostic: parseDiagnostic(asRaw(raw["diagnostic"]) ?? {}) };
  }
  return { kind: "unknown", type };
}

function changeOf(change: Raw) {
  const previous = asRaw(change["previous_resource"]);
  return {
    resource: resourceOf(change["resource"]),
    action: text(change["action"]) as ChangeAction,
    ...(previous ? { previousAddress: text(previous["addr"]) } : {}),
    ...(typeof change["reason"] === "string" ? { reason: change["reason"] } : {}),
  };
}

function hookOf(hook: Raw) {
  const [key, value, elapsed] = [hook["id_key"], hook["id_value"], hook["elapsed_seconds"]];
  return {
    resource: resourceOf(hook["resource"]),
    ...(typeof hook["action"] === "string" ? { action: hook["action"] as ChangeAction } : {}),
    ...(typeof key === "string" && typeof value === "string" && key !== ""
      ? { identity: { key, value } }
      : {}),
    ...(typeof elapsed === "number" ? { elapsedSeconds: elapsed } : {}),
  };
}

function provisionOf(hook: Raw) {
  return {
    resource: resourceOf(hook["resource"]),
    provisioner: text(hook["provisioner"]),
    ...(typeof hook["output"] === "string" ? { output: hook["output"] } : {}),
  };
}

function resourceOf(value: unknown): EventResource {
  const raw = asRaw(value) ?? {};
  const key = raw["resource_key"];
  return {
    address: text(raw["addr"]),
    module: text(raw["module"]),
    type: text(raw["resource_type"]),
    name: text(raw["resource_name"]),
    key: typeof key === "string" || typeof key === "number" ? key : null,
    provider: text(raw["implied_provider"]),
  };
}

function countsOf(raw: Raw): ChangeCounts {
  return {
    add: number(raw["add"]),
    change: number(raw["change"]),
    import: number(raw["import"]),
    remove: number(raw["remove"]),
    operation: text(raw["operation"]) as ChangeCounts["operation"],
  };
}

/** A diagnostic as `-json` logs and `validate -json` spell it. */
export function parseDiagnostic(raw: Readonly<Record<string, unknown>>): TerraformDiagnostic {
  const range = asRaw(raw["range"]);
  const { code, context } = asRaw(raw["snippet"]) ?? {};
  return {
    severity: raw["severity"] === "warning" ? "warning" : "error",
    summary: text(raw["summary"]),
    detail: withoutTargeting(text(raw["detail"])),
    ...(typeof raw["address"] === "string" ? { address: raw["address"] } : {}),
    ...(range ? { range: rangeOf(range) } : {}),
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof context === "string" ? { context } : {}),
  };
}

function rangeOf(raw: Raw): DiagnosticRange {
  return { filename: text(raw["filename"]), start: pointOf(raw["start"]), end: pointOf(raw["end"]) };
}

function pointOf(value: unknown) {
  const raw = asRaw(value) ?? {};
  return { line: number(raw["line"]), column: number(raw["column"]) };
}

function asRaw(value: unknown): Raw | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Raw) : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
