import type { ModuleContract } from "../modules/contract.ts";
import { hclString } from "../plans/hcl-string.ts";
import { overlayExpression } from "../plans/overlay-expression.ts";
import type { PartialValue } from "../plans/value.ts";
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
 * planned values.
 */
export function emitUpstreams(
  stack: Stack,
  folder: string,
  overlay: Overlay,
  around: EmitSurroundings,
): UpstreamBlocks {
  const remoteStates: Record<string, TerraformJson> = {};
  const locals: Record<string, TerraformJson> = {};
  for (const address of consumedAddresses(stack)) {
    const name = identifierOf(address);
    const planned = overlay.outputsByAddress.get(address);
    const upstream = around.stackByAddress.get(address);
    if (planned) locals[name] = expression(plannedObject(planned));
    else if (upstream) {
      locals[name] = expression(`data.terraform_remote_state.${name}.outputs`);
      remoteStates[name] = {
        backend: literal(upstream.state.backend),
        config: emitBackend(upstream.state, folder),
      };
    }
  }
  return { remoteStates, locals };
}

function consumedAddresses(stack: Stack): readonly string[] {
  return [...new Set(stack.consumed.map((one) => one.address))].sort(byCodePoint);
}

function plannedObject(outputs: ReadonlyMap<string, PartialValue>): string {
  const entries = [...outputs].sort(([left], [right]) => byCodePoint(left, right));
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
