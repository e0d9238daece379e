/** What the scheduler is handed: nodes in order, the work for one, and what to do with those that cannot run. */
export interface Schedule {
  /** In the order in which they are preferred where several could start. */
  readonly nodes: readonly string[];
  readonly upstreamOf: ReadonlyMap<string, readonly string[]>;
  readonly parallelism: number;
  /** Runs one node. `stop` keeps everything that comes after it from running. */
  readonly run: (node: string) => Promise<"go-on" | "stop">;
  /** Told for each node that does not run; `culprit` is the node that stopped, not one that was itself blocked. */
  readonly blocked: (node: string, culprit: string) => void;
  readonly signal?: AbortSignal;
  /** Told for each node that was not begun because the run was interrupted. */
  readonly skipped?: (node: string) => void;
}

/**
 * Runs nodes as soon as what they come after is done, so many at once; one that stops holds up only its dependents.
 * Work that throws is a mistake of ours: nothing new is begun then, and the error is thrown when all that runs has
 * ended, so that no Terraform is left without its platc.
 */
export async function runInOrder(schedule: Schedule): Promise<void> {
  const { nodes, upstreamOf, parallelism, run, blocked, signal, skipped } = schedule;
  const known = new Set(nodes);
  const waiting = new Map(
    nodes.map((node) => [node, new Set((upstreamOf.get(node) ?? []).filter((one) => known.has(one)))]),
  );
  const dependents = new Map<string, string[]>(nodes.map((node) => [node, []]));
  for (const [node, upstream] of waiting) for (const one of upstream) dependents.get(one)?.push(node);
  const place = new Map(nodes.map((node, at) => [node, at]));
  const ready = nodes.filter((node) => waiting.get(node)?.size === 0);
  const running = new Set<Promise<void>>();
  const thrown: unknown[] = [];

  const release = (node: string): void => {
    for (const dependent of dependents.get(node) ?? []) {
      const left = waiting.get(dependent);
      if (left?.delete(node) && left.size === 0) ready.push(dependent);
    }
    ready.sort((left, right) => (place.get(left) ?? 0) - (place.get(right) ?? 0));
  };
  const block = (node: string, culprit: string): void => {
    for (const dependent of dependents.get(node) ?? []) {
      if (!waiting.delete(dependent)) continue;
      blocked(dependent, culprit);
      block(dependent, culprit);
    }
  };
  const start = (node: string): void => {
    waiting.delete(node);
    const work = run(node).then(
      (outcome) => (outcome === "go-on" ? release(node) : block(node, node)),
      (error: unknown) => void thrown.push(error),
    );
    const settled = work.finally(() => running.delete(settled));
    running.add(settled);
  };
  const mayStart = (): boolean =>
    ready.length > 0 && running.size < parallelism && !signal?.aborted && thrown.length === 0;

  for (;;) {
    while (mayStart()) start(ready.shift() ?? "");
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (thrown.length > 0) throw thrown[0];
  for (const node of waiting.keys()) skipped?.(node);
}
