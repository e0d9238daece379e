import { type AuthClient, GoogleAuth, Impersonated, OAuth2Client } from "google-auth-library";
import type { GcsSettings } from "./gcs-settings.ts";

const SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

/** Who platc is to Google, in the order of Terraform's gcs backend: a token, a key, what the machine offers; then who that acts as. */
export async function resolveGcsCredentials(settings: GcsSettings): Promise<AuthClient> {
  const base = await baseOf(settings);
  const { impersonated, delegates } = settings;
  if (impersonated === undefined) return base;
  return new Impersonated({
    sourceClient: base as OAuth2Client,
    targetPrincipal: impersonated,
    delegates: [...delegates],
    targetScopes: [SCOPE],
  });
}

async function baseOf({ accessToken, credentials, keyFile, impersonated }: GcsSettings): Promise<AuthClient> {
  if (accessToken !== undefined) {
    const client = new OAuth2Client();
    client.setCredentials({ access_token: accessToken });
    return client;
  }
  const auth = new GoogleAuth({
    scopes: impersonated === undefined ? SCOPE : "https://www.googleapis.com/auth/cloud-platform",
    ...(credentials === undefined ? {} : { credentials }),
    ...(credentials === undefined && keyFile !== undefined ? { keyFilename: keyFile } : {}),
  });
  return auth.getClient();
}
