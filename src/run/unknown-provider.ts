import type { OutputFile } from "../emit/emit-platform.ts";
import { UNKNOWN_EXPRESSION } from "../plans/overlay-expression.ts";

interface Root {
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly locals?: Readonly<Record<string, unknown>>;
}

/**
 * The provider of a root module that is configured by outputs of which some are not known: Terraform would look with
 * other credentials, or into another account, and find nothing there. Undefined where there is none.
 */
export function unknownProvider(files: readonly OutputFile[]): string | undefined {
  const main = files.find(({ path }) => path.endsWith("/main.tf.json"))?.content ?? "{}";
  const { provider = {}, locals = {} } = JSON.parse(
    typeof main === "string" ? main : new TextDecoder().decode(main),
  ) as Root;
  const unknown = Object.entries(locals).flatMap(([name, value]) =>
    JSON.stringify(value).includes(UNKNOWN_EXPRESSION) ? [new RegExp(`\\blocal\\.${name}\\b`)] : [],
  );
  const found = Object.entries(provider).find(([, config]) =>
    unknown.some((reference) => reference.test(JSON.stringify(config))),
  );
  return found?.[0];
}
