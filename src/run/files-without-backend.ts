import type { OutputFile } from "../emit/emit-platform.ts";
import { stackFolder } from "../emit/emit-stack.ts";
import { NO_OVERLAY } from "../emit/stack-surroundings.ts";
import type { Stack } from "../stacks/stack.ts";
import type { RunContext } from "./run-context.ts";

/** The root module of a stack that keeps its state on this machine, since what makes its backend is not done. */
export async function filesWithoutBackend(
  { platform, emitter }: RunContext,
  stack: Stack,
): Promise<readonly OutputFile[]> {
  const main = `${stackFolder(platform.spec.name, stack.address)}/main.tf.json`;
  const { files } = await emitter.stack(stack);
  return files.map((file) =>
    file.path === main
      ? { ...file, content: emitter.overlaid(stack, { ...NO_OVERLAY, withoutBackend: true }) }
      : file,
  );
}
