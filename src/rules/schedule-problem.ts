interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
  /** Signs that may stand in the field beside numbers, ranges and steps. */
  readonly signs: RegExp;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const FIELDS: readonly Field[] = [
  { name: "minute", least: 0, most: 59, signs: /^\*$/ },
  { name: "hour", least: 0, most: 23, signs: /^\*$/ },
  { name: "day of the month", least: 1, most: 31, signs: /^(\*|\?|L|LW|([1-9]|[12]\d|3[01])W)$/ },
  { name: "month", least: 1, most: 12, names: MONTHS, signs: /^\*$/ },
  {
    name: "day of the week",
    least: 1,
    most: 7,
    names: DAYS,
    signs: /^(\*|\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
  },
  { name: "year", least: 1970, most: 2199, signs: /^\*$/ },
];
const SHAPES = "it is cron(minute hour day month weekday year), rate(5 minutes) or at(2027-01-31T09:00:00)";

/** What AWS would not take about a schedule, and how to mend it; undefined where it is fine. */
export function scheduleProblem(
  expression: string,
): { readonly message: string; readonly hint: string } | undefined {
  const [, kind, inner = ""] = /^(cron|rate|at)\((.*)\)$/s.exec(expression) ?? [];
  switch (kind) {
    case "cron":
      return cronProblem(inner);
    case "rate":
      return rateProblem(inner);
    case "at":
      return atProblem(inner);
    default:
      return { message: `'${expression}' is no schedule of AWS`, hint: hintForUnix(expression) };
  }
}

function hintForUnix(expression: string): string {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5) return SHAPES;
  const [minute, hour, day, month, weekday] = fields;
  const [dayOrNone, weekdayOrNone] = weekday === "*" ? [day, "?"] : ["?", weekday];
  return `AWS has a field for the year, and '?' in one of the two fields for days: cron(${[minute, hour, dayOrNone, month, weekdayOrNone, "*"].join(" ")})`;
}

function cronProblem(inner: string): { message: string; hint: string } | undefined {
  const values = inner.split(/\s+/).filter((value) => value !== "");
  if (values.length !== FIELDS.length) {
    const hint = values.length === 5 ? hintForUnix(inner) : SHAPES;
    return { message: `'cron(${inner})' has ${values.length} fields, and AWS reads six`, hint };
  }
  for (const [index, field] of FIELDS.entries()) {
    const wrong = values[index]!.split(",").find((part) => !isPart(part.toUpperCase(), field));
    if (wrong === undefined) continue;
    const names = field.names ? ` or ${field.names[0]} to ${field.names.at(-1)}` : "";
    return {
      message: `'${wrong}' is no ${field.name} in 'cron(${inner})'`,
      hint: `the ${field.name} is ${field.least} to ${field.most}${names}, or '*', with ranges 'a-b', lists 'a,b' and steps 'a/b'`,
    };
  }
  const marks = [values[2], values[4]].filter((value) => value === "?").length;
  if (marks === 1) return undefined;
  return {
    message: `'cron(${inner})' must have '?' in exactly one of the fields for the day of the month and of the week`,
    hint: "write '?' for the one that does not matter",
  };
}

function isPart(part: string, field: Field): boolean {
  if (field.signs.test(part)) return true;
  const [, from, to, step] = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d+))?$/.exec(part) ?? [];
  if (from === undefined || (step !== undefined && Number(step) < 1)) return false;
  if (from === "*") return to === undefined && step !== undefined;
  const first = numberIn(from, field);
  const last = to === undefined ? first : numberIn(to, field);
  return first !== undefined && last !== undefined;
}

function numberIn(text: string, { least, most, names }: Field): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  if (named >= 0) return named + least;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

function rateProblem(inner: string): { message: string; hint: string } | undefined {
  if (/^[1-9]\d*\s+(minute|hour|day)s?$/.test(inner)) return undefined;
  return {
    message: `'rate(${inner})' is no rate of AWS`,
    hint: "a rate is a whole number and minutes, hours or days: rate(1 hour), rate(15 minutes)",
  };
}

function atProblem(inner: string): { message: string; hint: string } | undefined {
  const isTime =
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(inner) && !Number.isNaN(Date.parse(`${inner}Z`));
  if (isTime) return undefined;
  return {
    message: `'at(${inner})' is no time`,
    hint: "write it as at(2027-01-31T09:00:00), without a zone",
  };
}
