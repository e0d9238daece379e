import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeProject, type Project } from "../run/project.ts";

/** A secret value that stands in every variable of the platform that is one. */
export const PLANTED = "planted-is-no-password";

const VARIABLES: Readonly<Record<string, unknown>> = {
  docker_ca: "-----BEGIN CERTIFICATE-----",
  docker_server0: { cert: "certificate", key: `${PLANTED}-0` },
  docker_server1: { cert: "certificate", key: `${PLANTED}-1` },
  docker_client: { cert: "certificate", key: `${PLANTED}-2` },
  airflow_runtime: Object.fromEntries(
    ["fernet_key", "secret_key", "jwt_secret", "database_password", "redis_password"].map((name) => [
      name,
      `${PLANTED}-${name}`,
    ]),
  ),
  gold_password: `${PLANTED}-gold`,
  slack_webhook: `${PLANTED}-slack`,
};

/** The orchestration platform and its modules in a project of their own, with a value for each of its variables. */
export function copyOrchestration(): Project {
  const project = makeProject({
    "package.json": '{ "platc": { "spec": "specs/orchestration/platform.yaml" } }',
  });
  const repository = resolve(import.meta.dirname, "../..");
  for (const folder of ["modules/aws", "specs/orchestration"])
    cpSync(join(repository, folder), join(project.root, folder), {
      recursive: true,
      filter: (path) => !/\.terraform$|__pycache__/.test(path),
    });
  for (const [name, value] of Object.entries(VARIABLES))
    project.environment[`TF_VAR_${name}`] = typeof value === "string" ? value : JSON.stringify(value);
  return project;
}
