import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { memberOf, textOf } from "../plans/read-json.ts";
import { type Json, parseJson } from "../plans/json.ts";
import { withoutVersionWarning } from "../stores/without-version-warning.ts";
import { awsClientOptions } from "./aws-client-options.ts";
import type { CheckAttempt } from "./check-attempt.ts";
import { explainAwsError } from "./explain-aws-error.ts";
import { NoTableError } from "./quality-table.ts";

/** Who somebody is to a database. */
export interface DatabaseLogin {
  readonly user?: string;
  readonly password?: string;
}

/** The login that a secret of AWS Secrets Manager holds, in the form that RDS keeps it. */
export async function readDatabaseSecret(
  SecretId: string,
  { context, signal }: CheckAttempt,
): Promise<DatabaseLogin> {
  const options = await awsClientOptions("secrets_manager", context);
  const client = withoutVersionWarning(() => new SecretsManagerClient({ ...options, maxAttempts: 3 }));
  try {
    const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId }), {
      abortSignal: signal,
    });
    return loginOf(SecretId, SecretString);
  } catch (error) {
    if (error instanceof NoTableError) throw error;
    throw new NoTableError(`secret '${SecretId}' cannot be read: ${explainAwsError(error)}`);
  } finally {
    client.destroy();
  }
}

function loginOf(id: string, text: string): DatabaseLogin {
  let parsed: Json;
  try {
    parsed = parseJson(text);
  } catch {
    throw new NoTableError(`secret '${id}' is not JSON with 'username' and 'password'`, true);
  }
  const [user, password] = ["username", "password"].map((name) => textOf(memberOf(parsed, name)));
  if (user === undefined || password === undefined)
    throw new NoTableError(`secret '${id}' does not hold 'username' and 'password'`, true);
  return { user, password };
}
