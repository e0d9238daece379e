import { conformAttribute } from "./conform-block.ts";
import { allTags } from "./all-tags.ts";
import { attributesIn } from "./expand-template.ts";
import { equalValues } from "./equal-values.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
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
  const planned = { ...object, ...allTags(context, object, written) };
  const requiresReplace = before === undefined ? [] : requiredReplacements(context, before, planned);
  return { planned, requiresReplace, problems: [] };
}

function rulesOf(context: TypeContext, prior: ValueRecord | undefined, proposed: ValueRecord): PlanRules {
  const { defaults = {}, values = {} } = context.overlay ?? {};
  const isChanged = (name: string): boolean =>
    prior !== undefined && !equalValues(valueAt(prior, name), valueAt(proposed, name));
  return {
    defaultAt: (path, attribute) =>
      Object.hasOwn(defaults, path) && attribute.isOptional
        ? conformAttribute(attribute, defaults[path])
        : undefined,
    followsChange: (path) => Object.hasOwn(values, path) && attributesIn(values[path]).some(isChanged),
  };
}
