import type { RunEvent } from "../run/run-event.ts";
import { mapEventText } from "./map-event-text.ts";
import type { Redact, Reporter } from "./reporter.ts";

export interface JsonLinesReportOptions {
  readonly write: (text: string) => void;
  readonly redact?: Redact;
  readonly now?: () => Date;
}

/**
 * Every event as one line of JSON: a public format. Every line is an object with `version` (1: it changes when a
 * key changes its meaning or goes; new keys and kinds may come at any time), `time` (ISO 8601, UTC) and `kind`:
 *
 * - `run-announced`: `runId`, `command` (plan, apply, promote, rehearse, destroy, test, bootstrap, drift), `platform`, `target`
 *   (cloud, emulator, rehearsal), `stacks` (addresses in order), `upToDate` (addresses), `toPlan` (how many
 *   stacks Terraform plans), `undecided` (how many of these may turn out up to date or deferred), `orphans` (addresses)
 * - `stack-reasons`: `address`, `reasons` (sentences)
 * - `stack-started`: `address`, `step` (init, plan, show, apply, destroy, step, check)
 * - `stack-progress`: `address`, `step`, `event` (one of Terraform's own: `kind`, `message`, `time`, and by kind
 *   `resource`, `action`, `elapsedSeconds`, `identity`, `diagnostic`, `counts`, `outputs`); a diagnostic has its `place`
 *   in the project (`file`, `line`, `code`, `spec`: the line of the spec that a compiled line comes from, `block`)
 * - `stack-planned`: `address`, `summary` (`add`, `change`, `replace`, `destroy`, `import`, `forget`, `move`), `lines`
 *   (`text`, `tone`, and `later` where reports for people fold it: how many attributes known only after apply begin
 *   there), `overlaidBy` (addresses), `findings` (`message`, `hint`)
 *   and, where steps would run, `steps` (`name`, `kind`, `reasons`, `files`)
 *   and, where more than 40 objects change, `short` (the same as counts, like `lines`)
 *   and, where objects are replaced or destroyed, `lost` (`address`, `action`: replace or delete; `reason`)
 * - `stack-unproven`: `address`, `by` (the address that it was proven as), `values` (`path`, `value`, `proven`, `origin`,
 *   `place`): what the layers of its own environment say
 * - `stack-drift`: `address`, `resources` that an apply would bring back (`resource`, `status`: changed or gone,
 *   `attributes`), `lines` (like those of a plan), `apart` and `apartLines` (the same of what an apply leaves as it is),
 *   `findings`
 * - `stack-finished`: `address`, `outcome`, `seconds`
 * - `step-finished`: `address`, `result` (`name`, `kind`, `status`: done, failed, skipped, blocked; `message`, `hint`,
 *   `details`, `seconds`)
 * - `check-finished`: `address`, `result` (`name`, `kind`, `status`, `message`, `details`, `attempts`, `seconds`, `ranAs`)
 * - `note`: `message`, `hint`
 * - `run-finished`: `runId`, `command`, `outcomes` (by address), `checks` (`address`, `result`), `flavour` (terraform
 *   or opentofu), `processes` and
 *   `processSeconds` (how many and how long in all, by Terraform's command), `seconds`, `unreadDataSources`, `orphans`
 *   (those that are left, where `isPruning`),
 *   `warnings` of Terraform (`address`, `message`, `hint`, `resource`, `place`, and `isAssertion` of a `check` block
 *   that failed), `rehearsal` (`schemas`,
 *   `unchecked`, `faults`)
 *
 * An outcome has a `status`: up-to-date or unchanged (of a plan, `tests` that are failed or pending), planned or applied (`summary`, `steps`; planned, `needs`: addresses of upstreams without which an apply refuses it), destroyed (`destroyed`),
 * nothing-to-destroy, declined, tested, no-checks, no-drift (`apart`: how many objects changed in what an apply leaves as it is),
 * drifted (`changed`, `gone`, `apart`), not-applied, deferred (`reason`, `needs`), failed (`message`, `hint`, `resource`, `place`,
 * `details`, each like it, `summary` of what was done), blocked (`by`, `isByStage`), waiting (`reason`, `approval`, and `target` where `platc approve` needs
 * it), interrupted (`summary` of what was done until then).
 * Keys that have nothing to say, such as `hint`, are left out.
 */
export function jsonLinesReport(options: JsonLinesReportOptions): Reporter {
  const { write, redact = (text) => text, now = () => new Date() } = options;
  return {
    tell(event) {
      const { kind, ...rest }: RunEvent = mapEventText(event, redact);
      const line = { version: 1, time: now().toISOString(), kind, ...rest };
      write(`${JSON.stringify(line, plainJson)}\n`);
    },
    close() {},
  };
}

function plainJson(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  return typeof value === "bigint" ? String(value) : value;
}
