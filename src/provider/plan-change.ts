import { conformAttribute } from "./conform-block.ts";
import { allTags } from "./all-tags.ts";
import { attributesIn } from "./expand-template.ts";
import { equalValues } from "./equal-values.ts";
import { knownWhenPlanned } from "./known-when-planned.ts";
import { maybeReplaced } from "./maybe-replaced.ts";
import { inOwnRegion } from "./in-own-region.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import { misplacedZone } from "./misplaced-zone.ts";
import { planObject, type PlanRules } from "./plan-object.ts";
import type { PlanAnswer, TypeContext } from "./provider-engine.ts";
import { requiredReplacements } from "./required-replacements.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** What a change will come to, as far as that can be known before it is applied. */
export function planChange(
  context: TypeContext,
  { prior, proposed, config }: { readonly prior: Value; readonly proposed: Value; readonly config: Value },
): PlanAnswer {
  if (!isRecord(proposed)) return { planned: null, requiresReplace: [], problems: [] };
  const before = isRecord(prior) ? prior : undefined;
  const written = isRecord(config) ? config : undefined;
  const object = planObject(
    context.schema.block,
    { prior: before, proposed, config: written },
    rulesOf(context, before, proposed),
  );
  const tagged = { ...object, ...allTags(context, object, written) };
  const planned = knownWhenPlanned(context, tagged, written);
  const requiresReplace = before === undefined ? [] : requiredReplacements(context, before, planned);
  const replaced =
    before === undefined || requiresReplace.length > 0 ? [] : maybeReplaced(context, before, planned);
  const misplaced = misplacedZone(inOwnRegion(context, planned), config);
  return { planned, requiresReplace, problems: [...misplaced, ...replaced] };
}

/** Without an overlay nothing says what follows from what: a text that has the old name in it follows the name. */
function holdsOldName(
  { overlay, schema }: TypeContext,
  prior: ValueRecord | undefined,
  proposed: ValueRecord,
): (path: string) => boolean {
  if (overlay !== undefined || prior === undefined) return () => false;
  const changed = [...schema.block.attributes.keys()].flatMap((name) => {
    const [before, after] = [prior[name], proposed[name]];
    const isName = /(?:^|_)(?:name|identifier)$/.test(name) && typeof before === "string" && before !== "";
    return isName && before !== after ? [before] : [];
  });
  return (path) => {
    const attribute = schema.block.attributes.get(path);
    const value = prior[path];
    if (path === "id" || attribute?.isComputed !== true || typeof value !== "string") return false;
    return changed.some((name) => value.includes(name));
  };
}

function rulesOf(context: TypeContext, prior: ValueRecord | undefined, proposed: ValueRecord): PlanRules {
  const { defaults = {}, values = {} } = context.overlay ?? {};
  const isChanged = (name: string): boolean =>
    prior !== undefined && !equalValues(valueAt(prior, name), valueAt(proposed, name));
  const holdsName = holdsOldName(context, prior, proposed);
  return {
    defaultAt: (path, attribute) =>
      Object.hasOwn(defaults, path) && attribute.isOptional
        ? conformAttribute(attribute, defaults[path])
        : undefined,
    followsChange: (path) =>
      (Object.hasOwn(values, path) && attributesIn(values[path]).some(isChanged)) || holdsName(path),
  };
}
