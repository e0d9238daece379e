import type { BackendConfig } from "./object-store.ts";

/** Arguments of Terraform's backends that are credentials, or can only be understood as such. */
const SECRET_ARGUMENTS: ReadonlySet<string> = new Set([
  ...["access_key", "secret_key", "token", "sse_customer_key", "web_identity_token"],
  ...["sas_token", "client_secret", "client_certificate", "client_certificate_password"],
  ...["oidc_token", "oidc_request_token", "ado_pipeline_service_connection_token"],
  ...["credentials", "access_token", "encryption_key"],
  ...["password", "client_private_key_pem"],
]);

/** The backend as it may be written down: without credentials, also without those inside of addresses. */
export function withoutCredentials(backend: BackendConfig): BackendConfig {
  return { type: backend.type, config: withoutSecrets(backend.config) };
}

function withoutSecrets(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(config).filter(([name]) => !SECRET_ARGUMENTS.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, cleaned(value)]));
}

function cleaned(value: unknown): unknown {
  if (typeof value === "string") return withoutUserInfo(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value === "object" && value !== null) return withoutSecrets(value as Record<string, unknown>);
  return value;
}

/** `postgres://user:secret@host/db` keeps its user; so does `password=secret` of a connection string. */
function withoutUserInfo(text: string): string {
  return text
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^/@:]*):[^@/]*@/i, "$1@")
    .replace(/\bpassword\s*=\s*('(?:[^'\\]|\\.)*'|[^\s&]*)\s?/gi, "")
    .trim();
}
