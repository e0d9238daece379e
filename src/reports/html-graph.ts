import type { Graph } from "../graph/graph.ts";
import { displayWidth } from "../text/terminal-text.ts";
import { type Markup, markup } from "./markup.ts";
import { layOutGraph, type LaidOutNode } from "./lay-out-graph.ts";

/** How a node is shown: `tone` is a class of the style, `link` the id of its section. */
export interface NodeLook {
  readonly tone: string;
  readonly word: string;
  readonly link: string | undefined;
}

const CHARACTER = 7.4;
const BOX = { height: 26, between: 12, padding: 10, gap: 70, top: 34, margin: 16 };

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The graph as SVG: a column for each wave, an edge from each stack to those that come after it. */
export function renderHtmlGraph(graph: Graph, lookOf: (node: string) => NodeLook): Markup {
  const nodes = layOutGraph(graph);
  const { boxes, columns, width, height } = placeBoxes(nodes);
  const edges = nodes.flatMap(({ node }) =>
    (graph.upstreamOf.get(node) ?? []).flatMap((upstream) => {
      const [from, to] = [boxes.get(upstream), boxes.get(node)];
      return from && to ? [renderEdge(from, to)] : [];
    }),
  );
  const titles = columns.map(
    ({ x }, wave) => markup`<text class="wave" x="${x}" y="22">wave ${wave + 1}</text>\n`,
  );
  const drawn = nodes.map(({ node }) => renderNode(node, boxes.get(node)!, lookOf(node)));
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="The graph of stacks">
${titles}${edges}${drawn}</svg>`;
}

function placeBoxes(nodes: readonly LaidOutNode[]): {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly columns: readonly { readonly x: number; readonly width: number }[];
  readonly width: number;
  readonly height: number;
} {
  const widths: number[] = [];
  for (const { node, wave } of nodes) {
    const width = Math.ceil(displayWidth(node) * CHARACTER) + 2 * BOX.padding;
    widths[wave] = Math.max(widths[wave] ?? 0, width);
  }
  let x = BOX.margin;
  const columns = widths.map((width) => {
    const column = { x, width };
    x += width + BOX.gap;
    return column;
  });
  const step = BOX.height + BOX.between;
  const boxes = new Map(
    nodes.map(({ node, wave, place }) => [node, { ...columns[wave]!, y: BOX.top + place * step }]),
  );
  const rows = Math.max(0, ...nodes.map(({ place }) => place + 1));
  return {
    boxes,
    columns,
    width: Math.max(BOX.margin * 2, x - BOX.gap + BOX.margin),
    height: BOX.top + rows * step + BOX.margin,
  };
}

function renderEdge(from: Box, to: Box): Markup {
  const [startX, startY] = [from.x + from.width, from.y + BOX.height / 2];
  const [endX, endY] = [to.x, to.y + BOX.height / 2];
  const bend = Math.max(20, (endX - startX) / 2);
  return markup`<path d="M${startX} ${startY}C${startX + bend} ${startY} ${endX - bend} ${endY} ${endX} ${endY}"/>\n`;
}

function renderNode(node: string, { x, y, width }: Box, { tone, word, link }: NodeLook): Markup {
  const box = markup`<rect x="${x}" y="${y}" width="${width}" height="${BOX.height}" rx="5"/>`;
  const text = markup`<text x="${x + BOX.padding}" y="${y + 17}">${node}</text>`;
  const inside = markup`<g class="${tone}"><title>${node}: ${word}</title>${box}${text}</g>`;
  return link === undefined ? markup`${inside}\n` : markup`<a href="#${link}">${inside}</a>\n`;
}
