import { suggest } from "../diagnostics/suggest.ts";

/** What may be meant by types that are not there, as questions: `'aws_vcp': did you mean 'aws_vpc'?`. */
export function nearTypes(missing: readonly string[], known: readonly string[]): readonly string[] {
  return missing.flatMap((type) => {
    const near = suggest(
      type,
      known.filter((one) => kindOf(one) === kindOf(type)),
    );
    return near === undefined ? [] : [`'${type}': did you mean '${near}'?`];
  });
}

/** `data`, `ephemeral`, or nothing for resources. */
function kindOf(type: string): string {
  return type.includes(".") ? type.split(".", 1)[0]! : "";
}
