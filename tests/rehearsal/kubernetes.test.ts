import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandResult, compiled, makeProject, type Project, spec } from "../run/project.ts";
import { FROM_PACKS, lacksTerraform, rehearseApply, statesOf } from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;

const PROVIDERS = `terraform:
  providers:
    helm: { source: hashicorp/helm, version: "~> 3.1" }
    kubernetes: { source: hashicorp/kubernetes, version: "~> 2.38" }
    postgresql: { source: cyrilgdn/postgresql, version: "~> 1.26" }
    random: { source: hashicorp/random, version: "~> 3.7" }
    tls: { source: hashicorp/tls, version: "~> 4.1" }
`;

/** Little is written, so that nearly all that a state holds comes from the provider. */
const WORKLOADS = `
locals {
  image = "registry.invalid/app:1"
}
resource "kubernetes_namespace_v1" "this" {
  metadata { name = "shop" }
}
resource "kubernetes_deployment_v1" "this" {
  metadata { name = "web" }
  spec {
    selector { match_labels = { app = "web" } }
    template {
      metadata { labels = { app = "web" } }
      spec {
        toleration { key = "spot" }
        init_container {
          name  = "first"
          image = local.image
        }
        container {
          name  = "web"
          image = local.image
          port { container_port = 8080 }
          env {
            name = "NODE"
            value_from {
              field_ref { field_path = "spec.nodeName" }
            }
          }
          liveness_probe {
            http_get { path = "/" }
          }
          security_context {}
          volume_mount {
            name       = "settings"
            mount_path = "/settings"
          }
        }
        container {
          name  = "side"
          image = local.image
          resources { requests = { cpu = "10m" } }
        }
        volume {
          name = "settings"
          config_map { name = "settings" }
        }
      }
    }
  }
}
resource "kubernetes_deployment_v1" "recreated" {
  metadata { name = "queue" }
  spec {
    replicas = 0
    selector { match_labels = { app = "queue" } }
    strategy { type = "Recreate" }
    template {
      metadata { labels = { app = "queue" } }
      spec {
        dynamic "container" {
          for_each = ["queue"]
          content {
            name  = container.value
            image = local.image
            dynamic "resources" {
              for_each = [1]
              content { limits = { memory = "1Gi" } }
            }
          }
        }
      }
    }
  }
}
resource "kubernetes_deployment_v1" "rolling" {
  metadata { name = "rolling" }
  spec {
    selector { match_labels = { app = "rolling" } }
    strategy {
      rolling_update { max_surge = "1" }
    }
    template {
      metadata { labels = { app = "rolling" } }
      spec {
        container {
          name  = "rolling"
          image = local.image
        }
      }
    }
  }
}
resource "kubernetes_manifest" "cron" {
  for_each = { hourly = "1h", daily = "24h" }
  manifest = {
    apiVersion = "example.invalid/v1"
    kind       = "Cron"
    metadata   = { name = each.key, namespace = "shop" }
    spec       = { every = each.value }
  }
}
resource "kubernetes_stateful_set_v1" "this" {
  metadata { name = "store" }
  spec {
    service_name = "store"
    selector { match_labels = { app = "store" } }
    update_strategy {}
    template {
      metadata { labels = { app = "store" } }
      spec {
        container {
          name  = "store"
          image = local.image
        }
      }
    }
    volume_claim_template {
      metadata { name = "data" }
      spec {
        access_modes = ["ReadWriteOnce"]
        resources { requests = { storage = "1Gi" } }
      }
    }
  }
}
resource "kubernetes_job_v1" "this" {
  metadata { name = "once" }
  spec {
    template {
      metadata {}
      spec {
        container {
          name  = "once"
          image = local.image
        }
      }
    }
  }
}
resource "kubernetes_cron_job_v1" "this" {
  metadata { name = "nightly" }
  spec {
    schedule = "0 3 * * *"
    job_template {
      metadata {}
      spec {
        template {
          metadata {}
          spec {
            container {
              name  = "nightly"
              image = local.image
            }
          }
        }
      }
    }
  }
}
resource "kubernetes_service_v1" "this" {
  metadata { name = "web" }
  spec {
    selector = { app = "web" }
    port {
      name = "http"
      port = 80
    }
    port {
      name        = "metrics"
      port        = 9090
      target_port = "metrics"
    }
    port {
      name = "https"
      port = 443
    }
  }
}
`;

const REST = `
terraform {
  required_providers {
    postgresql = { source = "cyrilgdn/postgresql" }
  }
}
resource "kubernetes_cluster_role_v1" "this" {
  metadata { name = "reader" }
  rule {
    api_groups = [""]
    resources  = ["pods"]
    verbs      = ["get"]
  }
}
resource "kubernetes_cluster_role_binding_v1" "this" {
  metadata { name = "reader" }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "reader"
  }
  subject {
    kind = "ServiceAccount"
    name = "reader"
  }
}
resource "kubernetes_role_v1" "this" {
  metadata { name = "reader" }
  rule {
    api_groups = [""]
    resources  = ["pods"]
    verbs      = ["get"]
  }
}
resource "kubernetes_role_binding_v1" "this" {
  metadata { name = "reader" }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Role"
    name      = "reader"
  }
  subject {
    kind = "ServiceAccount"
    name = "reader"
  }
}
resource "kubernetes_config_map_v1" "this" {
  metadata { name = "settings" }
  data = { a = "b" }
}
resource "kubernetes_horizontal_pod_autoscaler_v2" "this" {
  metadata { name = "web" }
  spec {
    max_replicas = 3
    scale_target_ref {
      kind = "Deployment"
      name = "web"
    }
  }
}
resource "kubernetes_ingress_v1" "this" {
  metadata { name = "web" }
  spec {
    rule {
      http {
        path {
          path = "/"
          backend {
            service {
              name = "web"
              port { number = 80 }
            }
          }
        }
      }
    }
  }
}
resource "kubernetes_limit_range_v1" "this" {
  metadata { name = "limits" }
  spec {
    limit {
      type    = "Container"
      default = { cpu = "1" }
    }
  }
}
resource "kubernetes_network_policy_v1" "this" {
  metadata { name = "deny" }
  spec {
    policy_types = ["Ingress"]
    pod_selector {}
    ingress {
      ports { port = "80" }
    }
  }
}
resource "kubernetes_persistent_volume_claim_v1" "this" {
  metadata { name = "data" }
  spec {
    access_modes = ["ReadWriteOnce"]
    resources { requests = { storage = "1Gi" } }
  }
}
resource "kubernetes_pod_disruption_budget_v1" "this" {
  metadata { name = "web" }
  spec {
    min_available = "1"
    selector { match_labels = { app = "web" } }
  }
}
resource "kubernetes_resource_quota_v1" "this" {
  metadata { name = "quota" }
  spec { hard = { pods = "5" } }
}
resource "kubernetes_secret_v1" "this" {
  metadata { name = "token" }
}
resource "kubernetes_service_account_v1" "this" {
  metadata { name = "reader" }
}
resource "kubernetes_storage_class_v1" "this" {
  metadata { name = "fast" }
  storage_provisioner = "disk.invalid"
}
resource "helm_release" "this" {
  name  = "web"
  chart = "web"
}
resource "postgresql_database" "this" { name = "shop" }
resource "postgresql_role" "this" { name = "owner" }
resource "postgresql_schema" "this" {
  name     = "orders"
  database = "shop"
  policy { usage = true }
}
resource "postgresql_schema" "billing" {
  name     = "billing"
  database = "shop"
}
resource "postgresql_extension" "this" { name = "ltree" }
resource "postgresql_grant" "this" {
  role        = "owner"
  database    = "shop"
  object_type = "database"
  privileges  = ["CONNECT"]
}
resource "postgresql_grant_role" "this" {
  role       = "owner"
  grant_role = "reader"
}
resource "postgresql_default_privileges" "this" {
  role        = "reader"
  owner       = "owner"
  database    = "shop"
  object_type = "table"
  privileges  = ["SELECT"]
}
resource "random_password" "this" { length = 20 }
resource "random_string" "this" { length = 20 }
resource "random_pet" "this" {}
resource "random_id" "this" { byte_length = 4 }
resource "random_integer" "this" {
  min = 1
  max = 5
}
resource "tls_private_key" "this" { algorithm = "RSA" }
resource "tls_self_signed_cert" "this" {
  private_key_pem       = tls_private_key.this.private_key_pem
  validity_period_hours = 12
  allowed_uses          = ["server_auth"]
}
`;
const JSON_FORM = JSON.stringify({
  resource: {
    kubernetes_deployment_v1: {
      written_as_json: {
        metadata: { name: "json" },
        spec: {
          selector: { match_labels: { app: "json" } },
          strategy: { type: "Recreate" },
          template: {
            metadata: { labels: { app: "json" } },
            spec: {
              container: [{ name: "json", image: "app", resources: { limits: { cpu: "1" } } }],
            },
          },
        },
      },
    },
  },
});

/** What is found of what other stacks made. */
const LISTS = `
terraform {
  required_providers {
    postgresql = { source = "cyrilgdn/postgresql" }
  }
}
data "kubernetes_all_namespaces" "this" {}
data "kubernetes_resources" "crons" {
  api_version = "example.invalid/v1"
  kind        = "Cron"
  namespace   = "shop"
}
data "kubernetes_resources" "none" {
  api_version = "example.invalid/v1"
  kind        = "Clock"
}
data "kubernetes_resource" "one" {
  api_version = "example.invalid/v1"
  kind        = "Cron"
  metadata {
    name      = "hourly"
    namespace = "shop"
  }
}
data "kubernetes_secret" "twin" {
  metadata { name = "token" }
}
data "postgresql_schemas" "all" { database = "shop" }
data "postgresql_schemas" "like" {
  database          = "shop"
  like_any_patterns = ["ord%", "nothing_"]
}
data "postgresql_schemas" "elsewhere" { database = "other" }
data "postgresql_tables" "this" { database = "shop" }
data "postgresql_sequences" "this" { database = "shop" }
output "namespaces" {
  value = data.kubernetes_all_namespaces.this.namespaces
}
output "crons" {
  value = [for one in data.kubernetes_resources.crons.objects : one.metadata.name]
}
output "none" {
  value = length(data.kubernetes_resources.none.objects)
}
output "every" {
  value = data.kubernetes_resource.one.object.spec.every
}
output "twin" {
  value = data.kubernetes_secret.twin.type
}
output "schemas" {
  value = [for one in [data.postgresql_schemas.all, data.postgresql_schemas.like, data.postgresql_schemas.elsewhere] : sort(one.schemas)]
}
output "others" {
  value = length(data.postgresql_tables.this.tables) + length(data.postgresql_sequences.this.sequences)
}
`;

type Attributes = Readonly<Record<string, unknown>>;

describe.skipIf(reason !== "")(`types of Kubernetes and beside it${reason}`, { timeout: 240_000 }, () => {
  let made: Project;
  let first: CommandResult;

  beforeAll(async () => {
    made = makeProject({
      "modules/local/workloads/main.tf": WORKLOADS,
      "modules/local/rest/main.tf": REST,
      "modules/local/json/main.tf.json": JSON_FORM,
      "modules/local/lists/main.tf": LISTS,
      "platform.yaml":
        PROVIDERS +
        spec(
          "stacks: { workloads: { module: local/workloads }, rest: { module: local/rest }, json: { module: local/json }, lists: { module: local/lists } }",
        ),
    });
    Object.assign(made.environment, FROM_PACKS);
    await compiled(made);
    first = await rehearseApply(made, "dev/workloads", "dev/rest", "dev/json");
  }, 240_000);

  afterAll(() => made.remove("."));

  const state = (stack: string) =>
    JSON.parse(statesOf(made, "t").get(`dev/${stack}`) ?? "{}") as {
      readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
      readonly resources: readonly {
        readonly type: string;
        readonly name: string;
        readonly instances: readonly { readonly attributes: Attributes }[];
      }[];
    };
  const attributesOf = (stack: string, type: string, name = "this"): Attributes =>
    state(stack).resources.find((one) => one.type === type && one.name === name)!.instances[0]!.attributes;
  const summaryOf = (result: CommandResult, stack: string): unknown => {
    const finished = result.events.find(({ kind }) => kind === "run-finished");
    return (finished?.["outcomes"] as Readonly<Record<string, unknown>>)[`dev/${stack}`];
  };

  test("a workload has the provider's defaults, and what a server fills in", () => {
    expect(first.code, first.stdout.slice(-6000) + first.stderr).toBe(0);
    const container = {
      image_pull_policy: "IfNotPresent",
      stdin: false,
      termination_message_path: "/dev/termination-log",
      termination_message_policy: "File",
      tty: false,
    };
    const pod = {
      automount_service_account_token: true,
      dns_policy: "ClusterFirst",
      enable_service_links: true,
      host_network: false,
      hostname: "",
      restart_policy: "Always",
      scheduler_name: "default-scheduler",
      share_process_namespace: false,
      termination_grace_period_seconds: 30,
    };
    expect(attributesOf("workloads", "kubernetes_deployment_v1")).toMatchObject({
      id: "default/web",
      wait_for_rollout: true,
      metadata: [{ name: "web", namespace: "default" }],
      spec: [
        {
          min_ready_seconds: 0,
          paused: false,
          progress_deadline_seconds: 600,
          replicas: "1",
          revision_history_limit: 10,
          template: [
            {
              metadata: [{ name: "", uid: "", generation: 0 }],
              spec: [
                {
                  ...pod,
                  toleration: [{ operator: "Equal" }],
                  init_container: [container],
                  container: [
                    {
                      ...container,
                      port: [{ protocol: "TCP" }],
                      env: [{ value_from: [{ field_ref: [{ api_version: "v1" }] }] }],
                      liveness_probe: [
                        {
                          failure_threshold: 3,
                          period_seconds: 10,
                          success_threshold: 1,
                          timeout_seconds: 1,
                          http_get: [{ scheme: "HTTP" }],
                        },
                      ],
                      security_context: [
                        {
                          allow_privilege_escalation: true,
                          privileged: false,
                          read_only_root_filesystem: false,
                        },
                      ],
                      volume_mount: [{ mount_propagation: "None", read_only: false }],
                    },
                    { ...container, resources: [{ limits: {}, requests: { cpu: "10m" } }] },
                  ],
                  volume: [{ config_map: [{ default_mode: "0644" }] }],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(attributesOf("workloads", "kubernetes_deployment_v1", "recreated")).toMatchObject({
      spec: [{ replicas: "0", strategy: [{ type: "Recreate", rolling_update: [] }] }],
    });
    expect(attributesOf("workloads", "kubernetes_deployment_v1", "rolling")).toMatchObject({
      spec: [
        {
          strategy: [{ type: "RollingUpdate", rolling_update: [{ max_surge: "1", max_unavailable: "25%" }] }],
        },
      ],
    });
    expect(attributesOf("workloads", "kubernetes_stateful_set_v1")).toMatchObject({
      wait_for_rollout: true,
      spec: [
        {
          persistent_volume_claim_retention_policy: [{ when_deleted: "Retain", when_scaled: "Retain" }],
          pod_management_policy: "OrderedReady",
          replicas: "1",
          revision_history_limit: 10,
          update_strategy: [{ type: "RollingUpdate" }],
          template: [{ spec: [pod] }],
          volume_claim_template: [
            { metadata: [{ namespace: "default" }], spec: [{ volume_mode: "Filesystem" }] },
          ],
        },
      ],
    });
    const job = {
      backoff_limit: 6,
      completion_mode: "NonIndexed",
      completions: 1,
      parallelism: 1,
      template: [{ spec: [{ ...pod, restart_policy: "Never" }] }],
    };
    expect(attributesOf("workloads", "kubernetes_job_v1")).toMatchObject({
      wait_for_completion: true,
      spec: [{ ...job, selector: [{ match_labels: { "batch.kubernetes.io/job-name": "once" } }] }],
    });
    expect(attributesOf("workloads", "kubernetes_cron_job_v1")).toMatchObject({
      spec: [
        {
          concurrency_policy: "Allow",
          failed_jobs_history_limit: 1,
          starting_deadline_seconds: 0,
          successful_jobs_history_limit: 3,
          suspend: false,
          job_template: [{ spec: [job] }],
        },
      ],
    });
    expect(attributesOf("workloads", "kubernetes_service_v1")).toMatchObject({
      wait_for_load_balancer: true,
      spec: [
        {
          allocate_load_balancer_node_ports: true,
          publish_not_ready_addresses: false,
          session_affinity: "None",
          type: "ClusterIP",
          port: [
            { port: 80, protocol: "TCP", target_port: "80" },
            { port: 9090, target_port: "metrics" },
            { port: 443, target_port: "443" },
          ],
        },
      ],
    });
  });

  test("so have the other types", () => {
    const expected: Readonly<Record<string, Attributes>> = {
      helm_release: {
        atomic: false,
        max_history: 0,
        metadata: expect.objectContaining({ name: "web", namespace: "default", chart: "web", revision: 1 }),
        namespace: "default",
        render_subchart_notes: true,
        timeout: 300,
        wait: true,
      },
      kubernetes_cluster_role_binding_v1: { subject: [{ api_group: "", namespace: "default" }] },
      kubernetes_horizontal_pod_autoscaler_v2: { spec: [{ min_replicas: 1 }] },
      kubernetes_ingress_v1: {
        spec: [
          {
            ingress_class_name: "",
            rule: [{ http: [{ path: [{ path_type: "ImplementationSpecific" }] }] }],
          },
        ],
      },
      kubernetes_limit_range_v1: { spec: [{ limit: [{ default_request: {} }] }] },
      kubernetes_network_policy_v1: { spec: [{ ingress: [{ ports: [{ protocol: "TCP" }] }] }] },
      kubernetes_persistent_volume_claim_v1: {
        spec: [{ volume_mode: "Filesystem" }],
        wait_until_bound: true,
      },
      kubernetes_role_binding_v1: { subject: [{ api_group: "", namespace: "default" }] },
      kubernetes_secret_v1: { data: {}, type: "Opaque", wait_for_service_account_token: true },
      kubernetes_service_account_v1: { automount_service_account_token: true, default_secret_name: "" },
      kubernetes_storage_class_v1: {
        allow_volume_expansion: true,
        reclaim_policy: "Delete",
        volume_binding_mode: "Immediate",
      },
      postgresql_database: { allow_connections: true, alter_object_ownership: false, connection_limit: -1 },
      postgresql_default_privileges: { with_grant_option: false },
      postgresql_extension: { create_cascade: false, database: "postgres", drop_cascade: false },
      postgresql_grant: { with_grant_option: false },
      postgresql_grant_role: { with_admin_option: false },
      postgresql_role: {
        connection_limit: -1,
        encrypted_password: true,
        inherit: true,
        login: false,
        superuser: false,
        valid_until: "infinity",
      },
      postgresql_schema: {
        drop_cascade: false,
        if_not_exists: true,
        policy: [{ create: false, create_with_grant: false, usage: true, usage_with_grant: false }],
      },
      random_password: { lower: true, min_upper: 0, number: true, special: true },
      random_pet: { length: 2, separator: "-" },
      random_string: { numeric: true, upper: true },
      tls_private_key: { ecdsa_curve: "P224", rsa_bits: 2048 },
      tls_self_signed_cert: { early_renewal_hours: 0, is_ca_certificate: false, ready_for_renewal: false },
    };
    const found = Object.fromEntries(Object.keys(expected).map((type) => [type, attributesOf("rest", type)]));
    expect(found).toMatchObject(expected);
  });

  test("a block may be an object where it is written as JSON", () => {
    expect(attributesOf("json", "kubernetes_deployment_v1", "written_as_json")).toMatchObject({
      spec: [{ strategy: [{ type: "Recreate" }], template: [{ spec: [{ restart_policy: "Always" }] }] }],
    });
  });

  test("lists hold what stands and fits, and a twin is found under either name", async () => {
    const listed = await rehearseApply(made, "dev/lists");
    expect(listed.code, listed.stdout.slice(-6000) + listed.stderr).toBe(0);
    const outputs = Object.entries(state("lists").outputs).map(([name, { value }]) => [name, value]);
    expect(Object.fromEntries(outputs)).toEqual({
      namespaces: ["shop"],
      crons: ["daily", "hourly"],
      none: 0,
      every: "1h",
      twin: "Opaque",
      schemas: [["billing", "orders"], ["orders"], []],
      others: 0,
    });
  });

  test("read anew, nothing has changed", async () => {
    const again = await rehearseApply(made, "dev", "--refresh");
    expect(again.code, again.stdout.slice(-3000) + again.stderr).toBe(0);
    expect(Object.values(again.statuses)).not.toContain("applied");
  });

  test("what forces a new resource makes one, and what does not is changed in place", async () => {
    const change = (text: string, pairs: readonly (readonly [string, string])[]): string =>
      pairs.reduce((changed, [from, to]) => {
        expect(changed).toContain(from);
        return changed.replace(from, to);
      }, text);
    made.write(
      "modules/local/workloads/main.tf",
      change(WORKLOADS, [
        ['selector { match_labels = { app = "web" } }', 'selector { match_labels = { app = "shop" } }'],
        [
          '  metadata { name = "once" }\n  spec {',
          '  metadata { name = "once" }\n  spec {\n    completions = 2',
        ],
        ["replicas = 0", "replicas = 2"],
        ['schedule = "0 3 * * *"', 'schedule = "0 4 * * *"\n    suspend = true'],
        ['selector = { app = "web" }', 'selector = { app = "shop" }\n    load_balancer_class = "inner"'],
      ]),
    );
    made.write(
      "modules/local/rest/main.tf",
      change(REST, [
        [
          'storage_provisioner = "disk.invalid"',
          'storage_provisioner = "disk.invalid"\n  reclaim_policy = "Retain"',
        ],
        ['metadata { name = "token" }', 'metadata { name = "token" }\n  type = "Opaque2"'],
        ['min_available = "1"', 'min_available = "2"'],
        ['hard = { pods = "5" }', 'hard = { pods = "6" }'],
        [
          'resource "postgresql_role" "this" { name = "owner" }',
          'resource "postgresql_role" "this" {\n  name  = "owner"\n  login = true\n}',
        ],
        ['privileges  = ["CONNECT"]', 'privileges  = ["CONNECT"]\n  with_grant_option = true'],
        ['chart = "web"', 'chart = "web2"'],
        ['resource "random_pet" "this" {}', 'resource "random_pet" "this" { length = 3 }'],
      ]),
    );
    await compiled(made);
    const changed = await rehearseApply(made, "dev/workloads", "dev/rest");
    expect(changed.code, changed.stdout.slice(-6000) + changed.stderr).toBe(0);
    expect(summaryOf(changed, "workloads")).toMatchObject({ summary: { add: 0, replace: 3, change: 2 } });
    expect(summaryOf(changed, "rest")).toMatchObject({ summary: { add: 0, replace: 4, change: 4 } });
  });
});
