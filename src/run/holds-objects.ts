import type { StateFile } from "../stores/state-file.ts";

/** Whether a state names anything that Terraform made. */
export function holdsObjects(state: StateFile | undefined): boolean {
  return state?.resources.some(({ mode, instances }) => mode === "managed" && instances > 0) ?? false;
}
