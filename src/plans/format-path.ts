/** An attribute path as Terraform writes it: `ingress[0].cidr_blocks`, `tags["a b"]`. */
export function formatPath(path: readonly (string | number)[]): string {
  return path.map((step, at) => formatStep(step, at === 0)).join("");
}

function formatStep(step: string | number, isFirst: boolean): string {
  if (typeof step === "number") return `[${step}]`;
  if (!/^(?:[\p{L}_][\p{L}\p{N}_-]*|\(sensitive\))$/u.test(step)) return `[${JSON.stringify(step)}]`;
  return isFirst ? step : `.${step}`;
}
