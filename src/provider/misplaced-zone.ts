import { isRecord } from "./is-record.ts";
import type { ProviderProblem, TypeContext } from "./provider-engine.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

const ZONE = /^[a-z]{2,}(?:-[a-z]+)+-\d+(?:[a-z]|-[a-z0-9-]+)$/;

/**
 * That a resource of aws is put into an availability zone of another region than its own. Local zones begin with their
 * region as well; what does not look like a zone, and a region that the configuration does not say, are left alone.
 */
export function misplacedZone({ source, settings }: TypeContext, config: Value): readonly ProviderProblem[] {
  const region = valueAt(settings, "region");
  if (!/\/aws$/.test(source) || typeof region !== "string" || region === "" || !isRecord(config)) return [];
  return ["availability_zone", "availability_zones"].flatMap((name) => {
    const wrong = [config[name] ?? null]
      .flat()
      .find((zone): zone is string => typeof zone === "string" && ZONE.test(zone) && !isWithin(region, zone));
    return wrong === undefined ? [] : [problem(name, wrong, region)];
  });
}

function isWithin(region: string, zone: string): boolean {
  return zone.startsWith(region) && /^(?:[a-z]|-.+)$/.test(zone.slice(region.length));
}

function problem(name: string, zone: string, region: string): ProviderProblem {
  return {
    severity: "error",
    summary: `'${zone}' is no availability zone of '${region}'`,
    detail:
      `The provider's configuration says the region '${region}'. Name one of its zones, such as '${region}a', or take ` +
      "them from the data source aws_availability_zones; or give the resource a provider of the other region.",
    path: [name],
  };
}
