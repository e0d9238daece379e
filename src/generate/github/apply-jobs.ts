import { ACTIONS, usesAction } from "./actions.ts";
import { cloudEnv, cloudPermissions, reportSteps, terraformSteps, variableEnv } from "./common-steps.ts";
import type { GithubEnvironment, GithubModel } from "./github-model.ts";
import { jobId } from "./job-id.ts";
import { literalText } from "./literal-text.ts";
import { groupOf } from "./plan-jobs.ts";
import { SCRIPTS } from "./scripts.ts";
import type { Job, Step, Tree } from "./workflow-tree.ts";

/** The jobs that apply one environment, by their ids, and the one that says what became of it. */
export function applyJobs(
  model: GithubModel,
  environment: GithubEnvironment,
): readonly (readonly [id: string, job: Job])[] {
  const jobs = environment.needsApproval ? approvedJobs(model, environment) : waveJobs(model, environment);
  return [
    ...jobs,
    settleJob(
      model,
      environment,
      jobs.map(([id]) => id),
    ),
  ];
}

/** One matrix job per wave; a wave begins when all before it have ended well, and nothing in them waits. */
function waveJobs(model: GithubModel, environment: GithubEnvironment): readonly (readonly [string, Job])[] {
  const ids = Array.from({ length: environment.waves }, (_, wave) =>
    jobId(environment.name, `wave_${wave + 1}`),
  );
  return ids.map((id, wave) => {
    const earlier = ids.slice(0, wave);
    const job: Job = {
      name: `${literalText(environment.name)}, wave ${wave + 1}: \${{ matrix.stacks }}`,
      needs: ["select", ...upstreamJobs(model, environment), ...earlier],
      if: `${mayGo(model, environment, earlier)} && needs.select.outputs.${id} != '[]'`,
      "runs-on": "",
      environment: { name: literalText(environment.name) },
      permissions: cloudPermissions(model),
      concurrency: { group: `${groupOf(model)}-\${{ matrix.stacks }}`, "cancel-in-progress": false },
      strategy: {
        "fail-fast": false,
        matrix: { stacks: `\${{ fromJSON(needs.select.outputs.${id} || '[]') }}` },
      },
      env: cloudEnv(model, environment),
      outputs: { waiting: "${{ steps.apply.outputs.waiting }}" },
      steps: [
        ...terraformSteps(model),
        applyStep(model, "${{ matrix.stacks }}"),
        ...reportSteps(
          `${groupOf(model)}-${literalText(environment.name)}-wave-${wave + 1}-\${{ strategy.job-index }}`,
        ),
      ],
    };
    return [id, job] as const;
  });
}

/** Shows what would be applied, lets people approve it on GitHub, and applies that: one run, as one approval is for one. */
function approvedJobs(
  model: GithubModel,
  environment: GithubEnvironment,
): readonly (readonly [string, Job])[] {
  const { name } = environment;
  const [show, apply] = [jobId(name, "show"), jobId(name, "apply")];
  const stacks = `\${{ needs.select.outputs.${jobId(name, "stacks")} }}`;
  const artifact = `${groupOf(model)}-${literalText(name)}-show`;
  const shared = {
    "runs-on": "",
    permissions: cloudPermissions(model),
    concurrency: { group: `${groupOf(model)}-${literalText(name)}`, "cancel-in-progress": false },
    env: cloudEnv(model, environment),
  };
  const showJob: Job = {
    ...shared,
    name: `${literalText(name)}: show`,
    needs: ["select", ...upstreamJobs(model, environment)],
    if: `${mayGo(model, environment, [])} && needs.select.outputs.${jobId(name, "stacks")} != ''`,
    environment: { name: `${literalText(name)}-show` },
    steps: [
      ...terraformSteps(model),
      {
        id: "show",
        name: "Show what would be applied",
        env: { STACKS: stacks, CACHE_HIT: "${{ steps.cache.outputs.cache-hit }}", ...variableEnv(model) },
        run: SCRIPTS.show,
      },
      ...reportSteps(artifact),
    ],
  };
  const applyJob: Job = {
    ...shared,
    name: `${literalText(name)}: apply`,
    needs: ["select", show],
    if: `!cancelled() && needs.${show}.result == 'success'`,
    environment: { name: literalText(name) },
    outputs: { waiting: "${{ steps.apply.outputs.waiting }}" },
    steps: [
      ...terraformSteps(model),
      {
        name: "Get what was shown",
        uses: usesAction(ACTIONS.downloadArtifact),
        with: { name: artifact, path: "shown" },
      },
      {
        name: "Approve what was shown",
        env: {
          APPROVED_IN: "${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}",
        },
        run: SCRIPTS.approve,
      },
      applyStep(model, stacks),
      ...reportSteps(`${groupOf(model)}-${literalText(name)}-apply`),
    ],
  };
  return [
    [show, showJob],
    [apply, applyJob],
  ];
}

function applyStep(model: GithubModel, stacks: string): Step {
  return {
    id: "apply",
    name: "Apply and test",
    env: { STACKS: stacks, CACHE_HIT: "${{ steps.cache.outputs.cache-hit }}", ...variableEnv(model) },
    run: SCRIPTS.apply,
  };
}

/** Says what became of an environment, and keeps where it stands: the next run compares with that. */
function settleJob(
  model: GithubModel,
  environment: GithubEnvironment,
  jobs: readonly string[],
): readonly [string, Job] {
  const { name, heldBy } = environment;
  const all = [...imageJobs(model, environment), ...jobs];
  const id = jobId(name, "done");
  const env: Record<string, Tree> = {
    ENVIRONMENT: literalText(name),
    RESULTS: all.map((job) => `\${{ needs.${job}.result }}`).join(" "),
    WAITING: jobs
      .filter((job) => job !== jobId(name, "show"))
      .map((job) => `\${{ needs.${job}.outputs.waiting }}`)
      .join(""),
    BEFORE: heldBy.map((one) => `\${{ needs.${jobId(one, "done")}.outputs.state || 'unknown' }}`).join(" "),
  };
  return [
    id,
    {
      name: `${literalText(name)}: applied?`,
      needs: ["select", ...upstreamJobs(model, environment), ...jobs],
      if: "!cancelled() && github.event_name != 'pull_request' && needs.select.result == 'success'",
      "runs-on": "",
      permissions: {},
      outputs: { state: "${{ steps.settle.outputs.state }}" },
      steps: [
        { id: "settle", name: "Say what became of it", env, run: SCRIPTS.settle },
        {
          name: "Keep which commit is applied",
          if: "steps.settle.outputs.state == 'applied'",
          uses: usesAction(ACTIONS.uploadArtifact),
          with: {
            name: `${groupOf(model)}-applied-${literalText(name)}`,
            path: "applied",
            overwrite: true,
            "retention-days": 90,
          },
        },
      ],
    },
  ];
}

/** What comes before an environment: those that it is promoted from or reads from, and the images. */
function upstreamJobs(model: GithubModel, environment: GithubEnvironment): readonly string[] {
  return [...environment.after.map((name) => jobId(name, "done")), ...imageJobs(model, environment)];
}

function imageJobs({ images }: GithubModel, { needsImages }: GithubEnvironment): readonly string[] {
  return images && needsImages ? ["images_push"] : [];
}

function mayGo(model: GithubModel, environment: GithubEnvironment, earlier: readonly string[]): string {
  return [
    "!cancelled() && github.event_name != 'pull_request' && needs.select.result == 'success'",
    ...environment.heldBy.map((name) => `needs.${jobId(name, "done")}.outputs.state == 'applied'`),
    ...[...imageJobs(model, environment), ...earlier].map(
      (job) => `(needs.${job}.result == 'success' || needs.${job}.result == 'skipped')`,
    ),
    ...earlier.map((job) => `needs.${job}.outputs.waiting != 'true'`),
  ].join(" && ");
}
