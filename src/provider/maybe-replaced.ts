import { equalValues } from "./equal-values.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import type { ProviderProblem, TypeContext } from "./provider-engine.ts";
import { UNKNOWN, type Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/**
 * That a change which is planned in place may be a replacement in truth: nothing but the schema is known of the type,
 * or the provider replaces only for some changes of what is changed.
 */
export function maybeReplaced(
  context: TypeContext,
  prior: Value,
  planned: ValueRecord,
): readonly ProviderProblem[] {
  const { overlay, replacements, typeName } = context;
  if (!isRecord(prior)) return [];
  const isChanged = (path: string): boolean => !equalValues(valueAt(prior, path), valueAt(planned, path));
  if (replacements !== undefined) {
    const known = [...(overlay?.forceNew ?? []), ...Object.keys(overlay?.forceNewIf ?? {})];
    const doubtful = replacements.sometimes.filter(
      (path) => isChanged(path) && !known.some((one) => path === one || path.startsWith(`${one}.`)),
    );
    const why = "The provider makes a new one for some changes of it, and which ones is not known here.";
    return overlay === undefined && doubtful.length > 0 ? [warning(typeName, doubtful, why)] : [];
  }
  if (overlay !== undefined) return [];
  const changed = changedInputs(context, prior, planned);
  if (changed.length === 0) return [];
  const why = `Only the schema of ${typeName} is known, and it does not say which changes make a new one.`;
  return [warning(typeName, changed, why)];
}

/** What somebody wrote otherwise; tags make nothing new. */
export function changedInputs(
  { schema }: TypeContext,
  prior: ValueRecord,
  planned: ValueRecord,
): readonly string[] {
  const inputs = [...schema.block.attributes]
    .filter(([, { isRequired, isOptional, isWriteOnly }]) => (isRequired || isOptional) && !isWriteOnly)
    .map(([name]) => name);
  return [...inputs, ...schema.block.blocks.keys()].filter(
    (name) =>
      !/^(?:tags|tags_all|labels|timeouts)$/.test(name) &&
      planned[name] !== UNKNOWN &&
      !equalValues(prior[name] ?? null, planned[name] ?? null),
  );
}

function warning(typeName: string, paths: readonly string[], why: string): ProviderProblem {
  return {
    severity: "warning",
    summary: `This change of ${/^[aeiou]/.test(typeName) ? "an" : "a"} ${typeName} may be a replacement`,
    detail: `${paths.map((path) => `"${path}"`).join(", ")} ${paths.length === 1 ? "changes" : "change"}. ${why} An overlay can say it: 'force_new'.`,
    path: [],
  };
}
