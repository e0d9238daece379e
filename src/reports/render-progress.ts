import type { Paint } from "../text/paint.ts";
import { displayWidth } from "../text/terminal-text.ts";
import { fitText } from "./fit-text.ts";
import type { AreaLine } from "./live-area.ts";
import type { Progress, RunningStack } from "./running-stacks.ts";
import { count } from "./words.ts";

const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const FRAME_MILLISECONDS = 100;

export interface ProgressPlace {
  readonly paint: Paint;
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
}

/** The running stacks, one per line and none wider than the terminal, and below them how far the run is. */
export function renderProgress(progress: Progress, place: ProgressPlace): readonly AreaLine[] {
  const { running } = progress;
  if (running.length === 0) return [];
  // The last column stays empty: some terminals wrap as soon as it is written to.
  const width = Math.max(1, place.columns - 1);
  const most = Math.max(1, place.rows - 3);
  const shown = running.length > most ? running.slice(0, Math.max(1, most - 1)) : running;
  const hidden = running.length - shown.length;
  const addressWidth = Math.min(
    Math.max(...shown.map(({ address }) => displayWidth(address))),
    Math.max(10, Math.floor(width / 2)),
  );
  return [
    ...shown.map((stack) => renderStack(stack, { ...place, width, addressWidth })),
    ...(hidden === 0 ? [] : [dim(`  and ${hidden} more running`, width, place.paint)]),
    dim(
      `  ${progress.done} of ${count(progress.stacks, "stack")} done, ${clock(place.now - progress.since)}`,
      width,
      place.paint,
    ),
  ];
}

function renderStack(
  stack: RunningStack,
  place: ProgressPlace & { readonly width: number; readonly addressWidth: number },
): AreaLine {
  const { paint, now, width, addressWidth } = place;
  const frame = FRAMES.charAt(Math.floor(now / FRAME_MILLISECONDS) % FRAMES.length);
  const address = fitText(stack.address, addressWidth);
  const space = " ".repeat(addressWidth - displayWidth(address));
  const [resource, ...others] = stack.resources;
  const more = others.length === 0 ? "" : ` (+${others.length})`;
  const time = clock(now - stack.since);
  const start = `${frame} ${address}${space}  ${stack.step.padEnd(7)}  `;
  const left = width - displayWidth(start) - time.length;
  if (left < 0) {
    const short = fitText(`${frame} ${stack.address}`, width);
    return { text: short, width: displayWidth(short) };
  }
  const room = left - 1 - more.length;
  const what = resource === undefined || room < 8 ? "" : ` ${fitText(resource, room)}${more}`;
  return {
    text: `${paint(frame, "cyan")} ${paint(address, "bold")}${space}  ${stack.step.padEnd(7)}  ${time}${paint(what, "dim")}`,
    width: displayWidth(start) + time.length + displayWidth(what),
  };
}

function dim(text: string, width: number, paint: Paint): AreaLine {
  const fitting = fitText(text, width);
  return { text: paint(fitting, "dim"), width: displayWidth(fitting) };
}

/** `0:07`, `12:30`, `1:02:03`. */
function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const end = `${String(minutes).padStart(hours > 0 ? 2 : 1, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${end}` : end;
}
