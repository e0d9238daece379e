import type { BlockSchema, ProviderSchema } from "../../src/provider/provider-schema.ts";
import type { Value } from "../../src/provider/value.ts";
import { byCodePoint } from "../../src/text/compare.ts";
import { type RealPlan, type RealProvider, startRealProvider } from "./real-provider.ts";
import { proposedChange, sampledResource, type Sampling, type TakenTexts } from "./sampled-changes.ts";

/** Nobody is asked for anything: where a plan would ask AWS, it reaches a port on which nothing listens. */
const OFFLINE = {
  region: "eu-west-1",
  access_key: "nobody",
  secret_key: "nothing",
  http_proxy: "http://127.0.0.1:9",
  https_proxy: "http://127.0.0.1:9",
  max_retries: 1,
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

/** What may not stand beside the rest. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_metric_alarm: ["extended_statistic", "metric_query"],
  aws_db_instance: ["replicate_source_db"],
  aws_ebs_volume: ["iops", "throughput"],
  aws_elasticache_cluster: ["engine_version", "replication_group_id"],
  aws_elasticache_replication_group: ["engine_version"],
  aws_instance: ["launch_template"],
  aws_placement_group: ["partition_count"],
  aws_sfn_state_machine: ["definition"],
  aws_sns_topic: ["archive_policy"],
};
const ATTEMPTS = 4;

/**
 * A line for each type that the provider plans changes of: the paths whose change makes a new resource, and with `~`
 * those of which some changes do. What it refuses to plan for sampled values has no line.
 */
export async function askReplacements(program: string, schema: ProviderSchema): Promise<readonly string[]> {
  const lines: string[] = [];
  let provider = await startRealProvider(program, schema, OFFLINE);
  for (const [name, { block }] of schema.resources) {
    try {
      lines.push(...(await replacementsOf(provider, name, block)));
    } catch {
      // Some values end the program; the next type is asked of a new one.
      provider.close();
      provider = await startRealProvider(program, schema, OFFLINE);
    }
  }
  provider.close();
  return lines.sort(byCodePoint);
}

async function replacementsOf(
  provider: RealProvider,
  name: string,
  block: BlockSchema,
): Promise<readonly string[]> {
  const ask = (before: "nothing" | "no blocks" | "all"): Promise<readonly string[] | undefined> =>
    adapted((taken) => {
      const sampled = (sampling: Pick<Sampling, "side" | "isConfig" | "hasBlocks">): Value & object => ({
        ...sampledResource(block, { ...sampling, taken }),
        ...Object.fromEntries(
          (LEFT_OUT[name] ?? []).map((path) => [path, block.blocks.has(path) ? [] : null]),
        ),
      });
      const config = sampled({ side: "after", isConfig: true, hasBlocks: true }) as Record<string, Value>;
      const prior =
        before === "nothing"
          ? null
          : sampled({ side: "before", isConfig: false, hasBlocks: before === "all" });
      return provider.plan(name, config, proposedChange(block, config, prior as Value), prior as Value);
    });
  const [made, changed, added] = [await ask("nothing"), await ask("all"), await ask("no blocks")];
  // The old SDK marks what forces a new resource when it makes one as well, and not what its own code decides on.
  const isOldSdk = block.attributes.get("id")?.isOptional === true;
  const marked = isOldSdk ? made : changed;
  if (marked === undefined || changed === undefined) return [];
  // A sampled text may be none that the provider compares; what is marked is so all the same, unless it is a block.
  const always = marked.filter((path) => changed.includes(path) || isAttribute(block, path));
  const seen = [...new Set([...changed, ...(added ?? []), ...marked])];
  // That a block is there or not counts by what is in it.
  const sometimes = seen.filter(
    (path) => !always.includes(path) && !seen.some((inner) => inner.startsWith(`${path}.`)),
  );
  const paths = [...always, ...sometimes.map((path) => `~${path}`)].filter(
    (path) => !/^~?(?:id|tags_all)$/.test(path),
  );
  return [[name, ...paths].join(" ")];
}

function isAttribute({ attributes, blocks }: BlockSchema, path: string): boolean {
  const [first, ...rest] = path.split(".");
  const inner = blocks.get(first!)?.block;
  return rest.length === 0
    ? attributes.has(first!)
    : inner !== undefined && isAttribute(inner, rest.join("."));
}

/** Asks again with texts that the provider takes, as far as its refusals say which. */
async function adapted(
  plan: (taken: TakenTexts) => Promise<RealPlan>,
): Promise<readonly string[] | undefined> {
  const taken = new Map<string, readonly [string, string]>();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = await plan(taken);
    if (answer.status === "ok") return answer.replaces;
    for (const message of answer.messages) learn(message, taken);
  }
  return undefined;
}

function learn(message: string, taken: Map<string, readonly [string, string]>): void {
  const [, where] = /^Path: (.*)$/m.exec(message) ?? [];
  if (where === undefined) return;
  const path = where.replace(/\[(?:Value\(.*?\)|\d+|"[^"]*")\]/g, "");
  const [, words = ""] = /^Valid Values: \[(.*)\]$/m.exec(message) ?? [];
  const [first, second = first] = words.trim().split(" ");
  if (first) taken.set(path, [first, second!]);
  else if (/ARN/.test(message))
    taken.set(path, ["arn:aws:iam::123456789012:role/before", "arn:aws:iam::123456789012:role/after"]);
  else if (/JSON|Policy/.test(message)) taken.set(path, ['{"before":1}', '{"after":1}']);
}
