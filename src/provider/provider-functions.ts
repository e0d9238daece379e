import type { CtyType } from "./provider-schema.ts";
import type { Value } from "./value.ts";

/** A function that a provider has of its own, such as `provider::aws::arn_parse`. */
export interface ProviderFunction {
  readonly parameters: readonly { readonly name: string; readonly type: CtyType }[];
  readonly returns: CtyType;
  /** Takes values that are known and not null. */
  readonly call: (...given: readonly string[]) => FunctionAnswer;
}

export type FunctionAnswer =
  | { readonly status: "ok"; readonly value: Value }
  /** `argument` counts from 0. */
  | { readonly status: "failed"; readonly message: string; readonly argument: number };

/** The functions of a provider that a rehearsal serves: those that need nothing but what they are given. */
export function providerFunctions(source: string): ReadonlyMap<string, ProviderFunction> {
  return source === "hashicorp/aws" ? AWS : NONE;
}

const NONE: ReadonlyMap<string, ProviderFunction> = new Map();

const SECTIONS = ["partition", "service", "region", "account_id", "resource"] as const;

const ARN: CtyType = ["object", Object.fromEntries(SECTIONS.map((name) => [name, "string"]))];

/** As the provider's documentation describes them. */
const AWS: ReadonlyMap<string, ProviderFunction> = new Map<string, ProviderFunction>([
  [
    "arn_parse",
    {
      parameters: texts("arn"),
      returns: ARN,
      call: (arn = "") => withParsed(arn, (parts) => ok({ ...parts })),
    },
  ],
  [
    "arn_build",
    {
      parameters: texts(...SECTIONS),
      returns: "string",
      call: (...sections) => ok(["arn", ...sections].join(":")),
    },
  ],
  [
    "trim_iam_role_path",
    { parameters: texts("arn"), returns: "string", call: (arn = "") => withParsed(arn, withoutRolePath) },
  ],
]);

type Arn = Readonly<Record<(typeof SECTIONS)[number], string>>;

/** The resource may hold colons of its own. */
function withParsed(arn: string, use: (parts: Arn) => FunctionAnswer): FunctionAnswer {
  const [prefix, partition, service, region, account_id, ...resource] = arn.split(":");
  if (prefix !== "arn" || resource.length === 0)
    return failed(`arn parsing failed: '${arn}' is no arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`);
  return use({
    partition: partition ?? "",
    service: service ?? "",
    region: region ?? "",
    account_id: account_id ?? "",
    resource: resource.join(":"),
  });
}

function withoutRolePath({ partition, service, region, account_id, resource }: Arn): FunctionAnswer {
  const [kind, ...path] = resource.split("/");
  if (service !== "iam") return failed(`service must be "iam", not "${service}"`);
  if (region !== "") return failed(`region must be empty, not "${region}"`);
  if (kind !== "role" || path.length === 0) return failed(`resource must begin with "role/": "${resource}"`);
  return ok(["arn", partition, service, region, account_id, `role/${path.at(-1)}`].join(":"));
}

function texts(...names: readonly string[]): ProviderFunction["parameters"] {
  return names.map((name) => ({ name, type: "string" }));
}

function ok(value: Value): FunctionAnswer {
  return { status: "ok", value };
}

function failed(message: string): FunctionAnswer {
  return { status: "failed", message, argument: 0 };
}
