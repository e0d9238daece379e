import type { PlanLine, PlanTone } from "../plans/plan-line.ts";
import type { Paint, Style } from "../text/paint.ts";

const SIGN: Readonly<Partial<Record<PlanTone, { readonly sign: RegExp; readonly style: Style }>>> = {
  add: { sign: /^( *)(\+)(?= |$)/, style: "green" },
  change: { sign: /^( *)(~)(?= |$)/, style: "yellow" },
  destroy: { sign: /^( *)(-)(?= |$)/, style: "red" },
  read: { sign: /^( *)(<=)(?= |$)/, style: "cyan" },
};
const FORCES = "# forces replacement";

/** A line of a plan in Terraform's colours: the sign has the colour, the rest stays as it is. */
export function paintPlanLine({ text, tone }: PlanLine, paint: Paint): string {
  if (tone === "muted") return paint(text, "dim");
  if (tone === "replace" && /^(-\/\+|\+\/-) /.test(text)) {
    const signs = [...text.slice(0, 3)].map((sign) =>
      sign === "/" ? sign : paint(sign, sign === "+" ? "green" : "red"),
    );
    return signs.join("") + withForces(text.slice(3), paint);
  }
  const mark = SIGN[tone];
  if (!mark) return withForces(text, paint);
  const [whole = "", indent = "", sign = ""] = mark.sign.exec(text) ?? [];
  return indent + paint(sign, mark.style) + withForces(text.slice(whole.length), paint);
}

function withForces(text: string, paint: Paint): string {
  return text.endsWith(FORCES) ? text.slice(0, -FORCES.length) + paint(FORCES, "red") : text;
}
