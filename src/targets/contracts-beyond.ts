import type { ExtraModules } from "../emit/rehearsed-emitter.ts";
import type { ModuleContract } from "../modules/contract.ts";
import type { ContractsByAddress } from "./fetched-modules.ts";

/** The contracts of the modules that a stack calls and compile has not read, by the stack's address. */
export function contractsBeyond(
  extra: ExtraModules,
  fetched: ContractsByAddress,
): (address: string) => readonly ModuleContract[] {
  return (address) => [
    ...[...(extra.get(address)?.values() ?? [])].flatMap(({ contract }) => contract ?? []),
    ...(fetched.get(address) ?? []),
  ];
}
