interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const FIELDS: readonly Field[] = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of the month", least: 1, most: 31 },
  { name: "month", least: 1, most: 12, names: MONTHS },
  { name: "day of the week", least: 0, most: 7, names: DAYS },
];

/** Why five fields are no schedule of cron, and how to mend it; undefined where they are one. */
export function cronProblem(
  expression: string,
): { readonly message: string; readonly hint: string } | undefined {
  const values = expression.trim().split(/\s+/);
  if (values.length !== FIELDS.length)
    return {
      message: `'${expression}' is no schedule of cron`,
      hint: "it has five fields, minute, hour, day of the month, month and day of the week: '0 15 * * *'",
    };
  for (const [index, field] of FIELDS.entries()) {
    const wrong = values[index]!.split(",").find((part) => !isPart(part.toUpperCase(), field));
    if (wrong === undefined) continue;
    const names = field.names ? `, or ${field.names[0]} to ${field.names.at(-1)}` : "";
    return {
      message: `'${wrong}' is no ${field.name} in '${expression}'`,
      hint: `the ${field.name} is ${field.least} to ${field.most}${names}, or '*', with ranges 'a-b', lists 'a,b' and steps '*/a'`,
    };
  }
  return undefined;
}

function isPart(part: string, field: Field): boolean {
  const [, from, to, step] = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d{1,4}))?$/.exec(part) ?? [];
  if (from === undefined || (step !== undefined && Number(step) < 1)) return false;
  if (from === "*") return to === undefined;
  const first = numberIn(from, field);
  if (to === undefined) return first !== undefined && step === undefined;
  const last = numberIn(to, field);
  return first !== undefined && last !== undefined && first <= last;
}

function numberIn(text: string, { least, most, names }: Field): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  if (named >= 0) return named + least;
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}
