/**
 * What compile, plan, apply and destroy load when they are called. Loaded here, it is there before the first test of a
 * file begins: on a machine with much else to do, that took half the time which the test may take.
 */
import "../../src/cli/apply-command.ts";
import "../../src/cli/destroy-command.ts";
import "../../src/cli/load-platform.ts";
import "../../src/cli/prepare-run.ts";
import "../../src/cli/run-command.ts";
import "../../src/disk/write-output.ts";
import "../../src/ledger/bundle.ts";
import "../../src/reports/json-lines-report.ts";
import "../../src/reports/plain-report.ts";
import "../../src/spec/parse-yaml.ts";
import "@cdktf/hcl2json";
import "fflate";
import "lossless-json";
