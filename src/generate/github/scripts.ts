import { commentScript } from "./comment-script.ts";

/** A secret that the repository does not have is empty, and for Terraform not the same as not given. */
const UNSET_EMPTY = `for name in \${!TF_VAR_@}; do
  if [ -z "\${!name}" ]; then unset "$name"; fi
done
`;

/**
 * Every shell script of a workflow. They are constants: what a user writes reaches them through the environment alone.
 */
export const SCRIPTS = {
  install: "npm ci",

  /** Is what is committed what the spec says? */
  verify: `npx --no-install platc compile --check
npx --no-install platc ci github --check
`,

  /** Files that differ from the base of the pull request. */
  selectForPlan: `npx --no-install platc ci select --base "$BASE" >> "$GITHUB_OUTPUT"
`,

  /** For each environment the commit that was applied there last: all of its stacks where there is none any more. */
  selectForApply: `set --
if [ "$EVERYTHING" != true ]; then
  for environment in $ENVIRONMENTS; do
    commit="$(gh api --method GET "repos/$GITHUB_REPOSITORY/actions/artifacts" \\
      -f name="platc-$PLATFORM-applied-$environment" -f per_page=100 \\
      --jq '[.artifacts[] | select(.expired | not) | .workflow_run
        | select(.head_branch == env.BRANCH and .head_repository_id == .repository_id)][0].head_sha // empty')"
    if [ -n "$commit" ] && git merge-base --is-ancestor "$commit" HEAD; then
      set -- "$@" --base "$environment=$commit"
    fi
  done
fi
npx --no-install platc ci select "$@" >> "$GITHUB_OUTPUT"
`,

  /** Terraform's plugin cache takes one writer at a time: until it is filled, one stack after the other. */
  plan: `${UNSET_EMPTY}mkdir -p "$TF_PLUGIN_CACHE_DIR" report
set -- "$STACKS" --target "$TARGET" --install --markdown report/plan.md --html report/plan.html
if [ "$CACHE_HIT" != true ]; then set -- "$@" --parallelism 1; fi
npx --no-install platc plan "$@"
`,

  /** Of what is merged there is no base: it is rehearsed from nothing. */
  rehearse: `mkdir -p report
set -- "$ENVIRONMENT" --install --markdown report/rehearsal.md --html report/rehearsal.html --junit report/rehearsal.xml
if [ -n "$BASE" ]; then set -- "$@" --base "$BASE"; fi
npx --no-install platc rehearse "$@"
`,

  /** Exit code 2 is drift: the job fails, so that whoever watches the repository hears of it. */
  drift: `${UNSET_EMPTY}mkdir -p "$TF_PLUGIN_CACHE_DIR" report
set -- "env:$ENVIRONMENT" --target "$TARGET" --install --markdown report/drift.md --html report/drift.html --junit report/drift.xml
if [ "$CACHE_HIT" != true ]; then set -- "$@" --parallelism 1; fi
code=0
npx --no-install platc drift "$@" --detailed-exitcode || code=$?
if [ "$code" = 2 ]; then
  echo "::error title=Drift::$ENVIRONMENT is not as it was applied; the summary of this job says where"
fi
exit "$code"
`,

  summary: `for report in report/*.md; do
  if [ -f "$report" ]; then cat "$report" >> "$GITHUB_STEP_SUMMARY"; fi
done
`,

  planComment: commentScript({
    artifact: "plan",
    file: "plan.md",
    mark: "",
    title: "Plan",
    done: "planned",
  }),

  rehearsalComment: commentScript({
    artifact: "rehearse",
    file: "rehearsal.md",
    mark: " rehearsal",
    title: "Rehearsal",
    done: "rehearsed",
  }),

  /** Exit code 3 waits for people: the job is no failure, and what comes after it is held. */
  apply: `${UNSET_EMPTY}mkdir -p "$TF_PLUGIN_CACHE_DIR" report
set -- "$STACKS" --target "$TARGET" --install --markdown report/apply.md --html report/apply.html --junit report/apply.xml
if [ "$CACHE_HIT" != true ]; then set -- "$@" --parallelism 1; fi
code=0
npx --no-install platc apply "$@" --auto-approve=deferred < /dev/null || code=$?
if [ "$code" = 3 ]; then
  echo "waiting=true" >> "$GITHUB_OUTPUT"
  echo "::warning title=Waits for an approval::$STACKS: nothing of what waits was applied; the summary of this job says what was shown"
  exit 0
fi
exit "$code"
`,

  /** Puts forward what an apply would do; nothing that changes anything is applied without an approval. */
  show: `${UNSET_EMPTY}mkdir -p "$TF_PLUGIN_CACHE_DIR" report
set -- "$STACKS" --target "$TARGET" --install --markdown report/show.md --html report/show.html
if [ "$CACHE_HIT" != true ]; then set -- "$@" --parallelism 1; fi
code=0
npx --no-install platc apply "$@" --no-test --json < /dev/null > report/show.jsonl || code=$?
if [ "$code" != 0 ] && [ "$code" != 3 ]; then
  cat report/show.jsonl
  exit "$code"
fi
node -e '
  const events = require("fs").readFileSync("report/show.jsonl", "utf8").split("\\n").filter(Boolean).map((line) => JSON.parse(line));
  const outcomes = events.filter(({ kind }) => kind === "run-finished").flatMap((event) => Object.values(event.outcomes));
  const ids = outcomes.filter(({ status }) => status === "waiting").map(({ approval }) => approval);
  for (const id of new Set(ids)) console.log(id);
' > report/waiting
`,

  /** Approves what was shown to those who have let this job go on, and applies it: anything else waits again. */
  approve: `while read -r id; do
  npx --no-install platc approve "$id" --target "$TARGET" --note "$APPROVED_IN" < /dev/null
done < shown/waiting
`,

  /** What became of an environment: what is promoted from it goes on only where it is done. */
  settle: `state=applied
case " $RESULTS " in
  *" failure "* | *" cancelled "*) state=failed ;;
  *) case "$WAITING" in *true*) state=waiting ;; esac ;;
esac
for before in $BEFORE; do
  if [ "$before" != applied ]; then state=held; fi
done
echo "state=$state" >> "$GITHUB_OUTPUT"
echo "$ENVIRONMENT: $state"
case "$state" in
  waiting) echo "::notice title=Waits for an approval::$ENVIRONMENT waits; what comes after it is held" ;;
  held) echo "::notice title=Held::$ENVIRONMENT is held by what comes before it" ;;
esac
printf '%s\\n' "$GITHUB_SHA" > applied
`,

  /** The tag is made of the content of the folder: an image that is there needs no second build, and is never written over. */
  image: `if [ "$PUSHES" != true ]; then
  docker build --tag "$APP:$TAG" "$CONTEXT"
  exit 0
fi
image="$(npx --no-install platc ci image "$APP" --target "$TARGET")"
host="\${image%%/*}"
case "$host" in
  *.dkr.ecr.*) aws ecr get-login-password | docker login --username AWS --password-stdin "$host" ;;
  *.azurecr.io) az acr login --name "\${host%%.*}" ;;
  ghcr.io) printf '%s' "$REGISTRY_TOKEN" | docker login --username "$GITHUB_ACTOR" --password-stdin "$host" ;;
esac
if docker manifest inspect "$image" > /dev/null 2>&1; then
  echo "$image is there"
else
  docker build --tag "$image" "$CONTEXT"
  docker push "$image"
fi
`,
} as const;
