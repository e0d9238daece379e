/** Bounds how many Terraform processes run at once; who asked first is served first. */
export interface TerraformSlots {
  /** Waits for a free slot; what is returned gives it back. */
  readonly take: (address: string) => Promise<() => void>;
  /** How long a stack has waited for slots, in milliseconds: no time of its own. */
  readonly waited: (address: string) => number;
}

/** Opens so many slots. */
export function terraformSlots(count: number, now: () => number = () => performance.now()): TerraformSlots {
  let free = count;
  const queue: (() => void)[] = [];
  const waitedBy = new Map<string, number>();
  const giveBack = (): void => {
    const next = queue.shift();
    if (next) next();
    else free++;
  };
  return {
    take: async (address) => {
      if (free > 0) free--;
      else {
        const since = now();
        await new Promise<void>((resolve) => queue.push(resolve));
        waitedBy.set(address, (waitedBy.get(address) ?? 0) + now() - since);
      }
      let isHeld = true;
      return () => {
        if (isHeld) giveBack();
        isHeld = false;
      };
    },
    waited: (address) => waitedBy.get(address) ?? 0,
  };
}

/**
 * How many stacks are worked on at once: more than Terraform may run for, so that what platc reads and writes for one
 * leaves no slot empty. One at a time stays one at a time.
 */
export function stacksAtOnce(parallelism: number): number {
  return parallelism === 1 ? 1 : parallelism * 2;
}
