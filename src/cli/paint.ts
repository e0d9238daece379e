import type { Paint } from "../diagnostics/render.ts";
import { PLAIN_PAINT, COLOUR_PAINT } from "../diagnostics/render.ts";
import { type Context, hasColour } from "./context.ts";

/** Colours where the stream can show them. */
export function paintFor(context: Context, stream: NodeJS.WriteStream): Paint {
  return hasColour(context, stream) ? COLOUR_PAINT : PLAIN_PAINT;
}
