import type { Range } from "../source/source.ts";
import { child, type MapNode, type SpecNode, textOf } from "../spec/node.ts";
import { evaluateNode, evaluateText, type Report } from "../templates/evaluate.ts";
import { asText } from "../templates/functions.ts";
import type { TemplateScope } from "../templates/scope.ts";
import {
  holdsInvalid,
  isComputed,
  isInvalid,
  isKnown,
  isList,
  isMap,
  type Value,
  type ValueMap,
} from "../templates/value.ts";
import { byCodePoint } from "../text/compare.ts";
import type { ComposeContent, ComposeHealthcheck } from "./compose.ts";
import type { PlacedText } from "./pipelines.ts";

/** Reads parts of a service with templates evaluated; what is left out is empty or undefined, and so is what is reported. */
export interface ComposeReader {
  readonly text: (node: SpecNode | undefined) => string | undefined;
  readonly placed: (node: SpecNode) => PlacedText;
  readonly key: (text: string, range: Range) => string;
  readonly list: (node: SpecNode | undefined) => readonly PlacedText[];
  readonly texts: (node: SpecNode | undefined) => readonly string[] | undefined;
  readonly map: (node: SpecNode | undefined) => ReadonlyMap<string, string>;
  readonly isTrue: (node: SpecNode | undefined) => boolean;
  readonly contents: (node: MapNode) => readonly ComposeContent[];
  readonly healthcheck: (node: SpecNode | undefined) => "image" | ComposeHealthcheck | undefined;
}

/** A reader in one scope. Everything must be known before anything is applied. */
export function composeReader(scope: TemplateScope, report: Report): ComposeReader {
  const asKnownText = (value: Value, range: Range): string => {
    if (isInvalid(value)) return "";
    if (value !== null && !isComputed(value) && !isMap(value) && !isList(value)) return asText(value);
    report(isComputed(value) ? notKnown(range) : notText(range));
    return "";
  };
  const known = (node: SpecNode): Value | undefined => {
    const value = evaluateNode(node, scope, report);
    if (holdsInvalid(value)) return undefined;
    if (!isKnown(value)) report(notKnown(node.range));
    return isKnown(value) ? value : undefined;
  };
  const text = (node: SpecNode | undefined): string | undefined =>
    node && asKnownText(evaluateNode(node, scope, report), node.range);
  const placed = (node: SpecNode): PlacedText => ({ text: text(node) ?? "", range: node.range });
  const list = (node: SpecNode | undefined): readonly PlacedText[] =>
    node?.kind === "list" ? node.items.map(placed) : [];
  const textsOf = (node: SpecNode | undefined): readonly string[] | undefined =>
    node && list(node).map((item) => item.text);
  const properties = (node: SpecNode): ReadonlyMap<string, string> => {
    const layers = (node.kind === "list" ? node.items : [node]).flatMap((one): readonly ValueMap[] => {
      const value = known(one);
      if (value === undefined) return [];
      if (isMap(value)) return [value];
      report(notMap(one.range));
      return [];
    });
    const merged = new Map(layers.flatMap((layer) => [...layer]));
    return new Map(
      [...merged]
        .filter(([, value]) => value !== null)
        .map(([key, value]) => [key, asKnownText(value, node.range)] as const)
        .sort(([left], [right]) => byCodePoint(left, right)),
    );
  };
  return {
    text,
    placed,
    key: (written, range) => asKnownText(evaluateText(written, range, scope, report), range),
    list,
    texts: textsOf,
    map: (node) =>
      new Map(
        [...(node?.kind === "map" ? node.entries : [])].map(([key, { value }]) => [key, text(value) ?? ""]),
      ),
    isTrue: (node) => node?.kind === "scalar" && node.value === true,
    contents: (node) =>
      (["source", "text", "properties", "hadoop", "json"] as const).flatMap((kind): ComposeContent[] => {
        const written = child(node, kind);
        if (!written) return [];
        if (kind === "source") return [{ kind, path: text(written) ?? "" }];
        if (kind === "text") return [{ kind, text: text(written) ?? "" }];
        if (kind === "json") return [{ kind, value: known(written) ?? null }];
        return [{ kind, properties: properties(written) }];
      }),
    healthcheck: (node) =>
      node?.kind === "map"
        ? {
            run: textsOf(child(node, "run")) ?? [],
            intervalSeconds: numberOf(child(node, "interval")) ?? 5,
            timeoutSeconds: numberOf(child(node, "timeout")) ?? 5,
            attempts: numberOf(child(node, "attempts")) ?? 30,
          }
        : textOf(node) === "image"
          ? "image"
          : undefined,
  };
}

function numberOf(node: SpecNode | undefined): number | undefined {
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

type Diagnosed = Parameters<Report>[0];

function notKnown(range: Range): Diagnosed {
  const message = "this is only known when Terraform runs, and nothing is applied for the own machine";
  const hint = "read an input that the spec says, a service by 'services.NAME', or write the value";
  return { code: "template-not-allowed", severity: "error", message, hint, range };
}

function notText(range: Range): Diagnosed {
  const message = "this must be text";
  const hint = "write text, or a template that is text";
  return { code: "wrong-type", severity: "error", message, hint, range };
}

function notMap(range: Range): Diagnosed {
  const message = "properties are a map";
  const hint = "write 'NAME: VALUE', or a template that is a map";
  return { code: "wrong-type", severity: "error", message, hint, range };
}
