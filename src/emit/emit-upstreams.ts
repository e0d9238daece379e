import type { ModuleContract } from "../modules/contract.ts";
import { hclString } from "../plans/hcl-string.ts";
import { overlayExpression } from "../plans/overlay-expression.ts";
import { NULL_VALUE, type PartialValue } from "../plans/value.ts";
import { stackOutputs } from "../stacks/stack-outputs.ts";
import type { Stack } from "../stacks/stack.ts";
import { byCodePoint } from "../text/compare.ts";
import { emitBackend } from "./emit-backend.ts";
import { identifierOf } from "./identifiers.ts";
import { expression, literal } from "./positions.ts";
import type { EmitSurroundings, Overlay } from "./stack-surroundings.ts";
import type { TerraformJson } from "./terraform-json.ts";

export interface UpstreamBlocks {
  readonly remoteStates: Record<string, TerraformJson>;
  readonly locals: Record<string, TerraformJson>;
}

/**
 * All outputs of an upstream stand in one local, which reads its remote state or, in an overlay, holds its
 * planned values. Terraform keeps no output that is null: those that are consumed are null where they are not kept.
 */
export function emitUpstreams(
  stack: Stack,
  folder: string,
  overlay: Overlay,
  around: EmitSurroundings,
): UpstreamBlocks {
  const remoteStates: Record<string, TerraformJson> = {};
  const locals: Record<string, TerraformJson> = {};
  for (const [address, consumed] of consumedByAddress(stack)) {
    const name = identifierOf(address);
    const planned = overlay.outputsByAddress.get(address);
    const upstream = around.stackByAddress.get(address);
    if (planned) locals[name] = expression(plannedObject(consumed, planned));
    else if (upstream) {
      locals[name] = expression(keptOutputs(name, consumed));
      remoteStates[name] = {
        backend: literal(upstream.state.backend),
        config: emitBackend(upstream.state, folder),
      };
    }
  }
  return { remoteStates, locals };
}

/** Names of the outputs that are read, by upstream; both in order. */
function consumedByAddress(stack: Stack): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const { address, output } of stack.consumed)
    result.set(address, [...(result.get(address) ?? []), output]);
  return new Map([...result].sort(([left], [right]) => byCodePoint(left, right)));
}

function keptOutputs(name: string, consumed: readonly string[]): string {
  const nulls = consumed.map((output) => `${output} = null`).join(", ");
  return `merge({ ${nulls} }, data.terraform_remote_state.${name}.outputs)`;
}

function plannedObject(consumed: readonly string[], planned: ReadonlyMap<string, PartialValue>): string {
  const nulls = consumed.map((output) => [output, NULL_VALUE] as const);
  const entries = [...new Map<string, PartialValue>([...nulls, ...planned])].sort(([left], [right]) =>
    byCodePoint(left, right),
  );
  return `{ ${entries.map(([name, value]) => `${hclString(name)} = ${overlayExpression(value)}`).join(", ")} }`;
}

/** How an output of an upstream is spelt; remote state loses the mark of what is sensitive, so it is put back. */
export function spellUpstreamOutput(
  address: string,
  output: string,
  stackByAddress: ReadonlyMap<string, Stack>,
  contracts: ReadonlyMap<string, ModuleContract>,
): string {
  const upstream = stackByAddress.get(address);
  const isSensitive =
    upstream !== undefined && stackOutputs(upstream, contracts).get(output)?.isSensitive === true;
  const reference = `local.${identifierOf(address)}.${output}`;
  return isSensitive ? `sensitive(${reference})` : reference;
}
