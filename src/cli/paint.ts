import { ansiPaint as colourPaint, type Paint, plainPaint as noPaint } from "../text/paint.ts";
import { type Context, hasColour } from "./context.ts";

/** Colours where the stream can show them. */
export function paintFor(context: Context, stream: NodeJS.WriteStream): Paint {
  return hasColour(context, stream) ? colourPaint : noPaint;
}
