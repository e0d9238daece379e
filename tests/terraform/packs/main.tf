# A platform of Azure, Kubernetes, Helm, PostgreSQL and small helpers, as the packs and overlays must carry it.

terraform {
  required_providers {
    azurerm    = { source = "hashicorp/azurerm" }
    kubernetes = { source = "hashicorp/kubernetes" }
    helm       = { source = "hashicorp/helm" }
    postgresql = { source = "cyrilgdn/postgresql" }
    random     = { source = "hashicorp/random" }
    tls        = { source = "hashicorp/tls" }
    null       = { source = "hashicorp/null" }
    local      = { source = "hashicorp/local" }
    time       = { source = "hashicorp/time" }
  }
}
variable "pool" { default = "system" }
variable "replicas" { default = 1 }
provider "azurerm" {
  features {}
  subscription_id = "11111111-1111-1111-1111-111111111111"
}
data "azurerm_client_config" "me" {}
resource "azurerm_resource_group" "m" {
  name     = "rg"
  location = "westeurope"
}
resource "azurerm_virtual_network" "m" {
  name                = "vnet"
  location            = azurerm_resource_group.m.location
  resource_group_name = azurerm_resource_group.m.name
  address_space       = ["10.0.0.0/16"]
}
resource "azurerm_subnet" "m" {
  name                 = "aks"
  resource_group_name  = azurerm_resource_group.m.name
  virtual_network_name = azurerm_virtual_network.m.name
  address_prefixes     = ["10.0.0.0/20"]
  delegation {
    name = "x"
    service_delegation { name = "Microsoft.DBforPostgreSQL/flexibleServers" }
  }
}
resource "azurerm_network_security_group" "m" {
  name                = "nsg"
  location            = azurerm_resource_group.m.location
  resource_group_name = azurerm_resource_group.m.name
  security_rule {
    name                                       = "a"
    priority                                   = 100
    direction                                  = "Inbound"
    access                                     = "Allow"
    protocol                                   = "Tcp"
    source_port_range                          = "*"
    destination_port_range                     = "443"
    source_address_prefix                      = "*"
    destination_address_prefix                 = "*"
    description                                = null
    destination_address_prefixes               = null
    destination_application_security_group_ids = null
    destination_port_ranges                    = null
    source_address_prefixes                    = null
    source_application_security_group_ids      = null
    source_port_ranges                         = null
  }
}
resource "azurerm_subnet_network_security_group_association" "m" {
  subnet_id                 = azurerm_subnet.m.id
  network_security_group_id = azurerm_network_security_group.m.id
}
resource "azurerm_private_dns_zone" "m" {
  name                = "pg.private.postgres.database.azure.com"
  resource_group_name = azurerm_resource_group.m.name
}
resource "azurerm_private_dns_zone_virtual_network_link" "m" {
  name                  = "l"
  resource_group_name   = azurerm_resource_group.m.name
  private_dns_zone_name = azurerm_private_dns_zone.m.name
  virtual_network_id    = azurerm_virtual_network.m.id
}
resource "azurerm_dns_zone" "m" {
  name                = "example.com"
  resource_group_name = azurerm_resource_group.m.name
}
resource "azurerm_dns_a_record" "m" {
  name                = "superset"
  zone_name           = azurerm_dns_zone.m.name
  resource_group_name = azurerm_resource_group.m.name
  ttl                 = 300
  records             = [azurerm_public_ip.m.ip_address]
}
resource "azurerm_public_ip" "m" {
  name                = "ip"
  location            = azurerm_resource_group.m.location
  resource_group_name = azurerm_resource_group.m.name
  allocation_method   = "Static"
}
resource "azurerm_user_assigned_identity" "m" {
  name                = "id"
  location            = azurerm_resource_group.m.location
  resource_group_name = azurerm_resource_group.m.name
}
resource "azurerm_kubernetes_cluster" "m" {
  name                      = "aks"
  location                  = azurerm_resource_group.m.location
  resource_group_name       = azurerm_resource_group.m.name
  dns_prefix                = "aks"
  oidc_issuer_enabled       = true
  workload_identity_enabled = true
  default_node_pool {
    name           = "system"
    vm_size        = "Standard_D2s_v5"
    node_count     = 1
    vnet_subnet_id = azurerm_subnet.m.id
  }
  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.m.id]
  }
  network_profile {
    network_plugin = "azure"
  }
  oms_agent {
    log_analytics_workspace_id = azurerm_log_analytics_workspace.m.id
  }
}
resource "azurerm_kubernetes_cluster_node_pool" "m" {
  name                  = var.pool
  kubernetes_cluster_id = azurerm_kubernetes_cluster.m.id
  vm_size               = "Standard_D4s_v5"
}
resource "azurerm_federated_identity_credential" "m" {
  name                = "f"
  resource_group_name = azurerm_resource_group.m.name
  parent_id           = azurerm_user_assigned_identity.m.id
  audience            = ["api://AzureADTokenExchange"]
  issuer              = azurerm_kubernetes_cluster.m.oidc_issuer_url
  subject             = "system:serviceaccount:a:b"
}
resource "azurerm_container_registry" "m" {
  name                = "acr"
  location            = azurerm_resource_group.m.location
  resource_group_name = azurerm_resource_group.m.name
  sku                 = "Premium"
}
resource "azurerm_role_assignment" "m" {
  scope                = azurerm_container_registry.m.id
  role_definition_name = "AcrPull"
  principal_id         = azurerm_kubernetes_cluster.m.kubelet_identity[0].object_id
}
resource "azurerm_log_analytics_workspace" "m" {
  name                = "log"
  location            = azurerm_resource_group.m.location
  resource_group_name = azurerm_resource_group.m.name
}
resource "azurerm_storage_account" "m" {
  name                     = "lake"
  location                 = azurerm_resource_group.m.location
  resource_group_name      = azurerm_resource_group.m.name
  account_tier             = "Standard"
  account_replication_type = "LRS"
  is_hns_enabled           = true
}
resource "azurerm_storage_container" "m" {
  name               = "bronze"
  storage_account_id = azurerm_storage_account.m.id
}
resource "azurerm_storage_container" "n" {
  name                 = "bronze2"
  storage_account_name = azurerm_storage_account.m.name
}
resource "azurerm_storage_management_policy" "m" {
  storage_account_id = azurerm_storage_account.m.id
  rule {
    name    = "r"
    enabled = true
    filters { blob_types = ["blockBlob"] }
    actions {
      base_blob { delete_after_days_since_modification_greater_than = 30 }
    }
  }
}
resource "azurerm_key_vault" "m" {
  name                = "kv"
  location            = azurerm_resource_group.m.location
  resource_group_name = azurerm_resource_group.m.name
  sku_name            = "standard"
  tenant_id           = data.azurerm_client_config.me.tenant_id
}
resource "random_password" "m" {
  length = 20
}
resource "azurerm_key_vault_secret" "m" {
  name         = "pg"
  key_vault_id = azurerm_key_vault.m.id
  value        = random_password.m.result
}
resource "azurerm_postgresql_flexible_server" "m" {
  name                          = "pg"
  location                      = azurerm_resource_group.m.location
  resource_group_name           = azurerm_resource_group.m.name
  administrator_login           = "adm"
  administrator_password        = random_password.m.result
  version                       = "16"
  private_dns_zone_id           = azurerm_private_dns_zone.m.id
  delegated_subnet_id           = azurerm_subnet.m.id
  public_network_access_enabled = false
}
resource "azurerm_postgresql_flexible_server_configuration" "m" {
  name      = "azure.extensions"
  server_id = azurerm_postgresql_flexible_server.m.id
  value     = "PGCRYPTO"
}
resource "azurerm_postgresql_flexible_server_database" "m" {
  name      = "db"
  server_id = azurerm_postgresql_flexible_server.m.id
}
resource "azurerm_postgresql_flexible_server_firewall_rule" "m" {
  name             = "fw"
  server_id        = azurerm_postgresql_flexible_server.m.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "0.0.0.0"
}
data "azurerm_kubernetes_cluster" "m" {
  name                = "aks"
  resource_group_name = "rg"
  depends_on          = [azurerm_kubernetes_cluster.m]
}
provider "kubernetes" {
  host                   = azurerm_kubernetes_cluster.m.kube_config[0].host
  cluster_ca_certificate = base64decode(azurerm_kubernetes_cluster.m.kube_config[0].cluster_ca_certificate)
}
provider "helm" {
  kubernetes = {
    host = azurerm_kubernetes_cluster.m.kube_config[0].host
  }
}
provider "postgresql" {
  host     = azurerm_postgresql_flexible_server.m.fqdn
  username = "adm"
  password = random_password.m.result
}
resource "kubernetes_namespace_v1" "m" {
  metadata { name = "acme" }
}
resource "kubernetes_resource_quota_v1" "m" {
  metadata {
    name      = "q"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  spec { hard = { pods = 10 } }
}
resource "kubernetes_limit_range_v1" "m" {
  metadata {
    name      = "l"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  spec {
    limit {
      type = "Pod"
      max  = { cpu = "1" }
    }
  }
}
resource "kubernetes_network_policy_v1" "m" {
  metadata {
    name      = "n"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  spec {
    pod_selector {}
    policy_types = ["Ingress"]
  }
}
resource "kubernetes_service_account_v1" "m" {
  metadata {
    name      = "sa"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
}
resource "kubernetes_secret_v1" "m" {
  metadata {
    name      = "s"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  data = { password = random_password.m.result }
}
resource "kubernetes_config_map_v1" "m" {
  metadata {
    name      = "c"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  data = { a = "b" }
}
resource "kubernetes_deployment_v1" "m" {
  metadata {
    name      = "d"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  spec {
    replicas = var.replicas
    selector { match_labels = { app = "hive" } }
    template {
      metadata { labels = { app = "hive" } }
      spec {
        container {
          name  = "hive"
          image = "x"
          env {
            name = "P"
            value_from {
              secret_key_ref {
                name = "s"
                key  = "password"
              }
            }
          }
        }
      }
    }
  }
}
resource "kubernetes_service_v1" "m" {
  metadata {
    name      = "svc"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  spec {
    selector = { app = "hive" }
    port {
      port = 9083
    }
  }
}
resource "kubernetes_ingress_v1" "m" {
  metadata {
    name      = "i"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  spec {
    rule {
      host = "a.example"
      http {
        path {
          path      = "/"
          path_type = "Prefix"
          backend {
            service {
              name = "svc"
              port { number = 80 }
            }
          }
        }
      }
    }
  }
}
resource "kubernetes_job_v1" "m" {
  metadata {
    name      = "init"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  spec {
    template {
      metadata {}
      spec {
        container {
          name  = "x"
          image = "y"
        }
      }
    }
  }
}
resource "kubernetes_role_v1" "m" {
  metadata {
    name      = "r"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  rule {
    api_groups = [""]
    resources  = ["pods"]
    verbs      = ["get"]
  }
}
resource "kubernetes_role_binding_v1" "m" {
  metadata {
    name      = "rb"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Role"
    name      = "r"
  }
  subject {
    kind      = "ServiceAccount"
    name      = "sa"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
}
resource "kubernetes_storage_class_v1" "m" {
  metadata { name = "fast" }
  storage_provisioner = "disk.csi.azure.com"
}
resource "kubernetes_persistent_volume_claim_v1" "m" {
  metadata {
    name      = "pvc"
    namespace = kubernetes_namespace_v1.m.metadata[0].name
  }
  spec {
    access_modes = ["ReadWriteOnce"]
    resources { requests = { storage = "1Gi" } }
  }
}
resource "kubernetes_manifest" "m" {
  manifest = {
    apiVersion = "v1"
    kind       = "ConfigMap"
    metadata   = { name = "x", namespace = kubernetes_namespace_v1.m.metadata[0].name }
    data       = { a = "b" }
  }
}
resource "helm_release" "m" {
  name          = "trino"
  namespace     = kubernetes_namespace_v1.m.metadata[0].name
  chart         = "trino"
  repository    = "https://example.invalid"
  set           = [{ name = "a", value = "b" }]
  set_sensitive = [{ name = "c", value = random_password.m.result }]
}
resource "postgresql_role" "m" {
  name     = "hive"
  login    = true
  password = random_password.m.result
}
resource "postgresql_database" "m" {
  name  = "hive"
  owner = postgresql_role.m.name
}
resource "postgresql_schema" "m" {
  name     = "s"
  database = postgresql_database.m.name
}
resource "postgresql_grant" "m" {
  role        = postgresql_role.m.name
  database    = postgresql_database.m.name
  object_type = "database"
  privileges  = ["CONNECT"]
}
resource "postgresql_default_privileges" "m" {
  role        = "hive"
  database    = "hive"
  owner       = "adm"
  object_type = "table"
  privileges  = ["SELECT"]
}
resource "postgresql_extension" "m" { name = "pgcrypto" }
resource "postgresql_grant_role" "m" {
  role       = "a"
  grant_role = "b"
}
resource "random_id" "m" { byte_length = 4 }
resource "random_pet" "m" {}
resource "random_string" "m" { length = 3 }
resource "random_uuid" "m" {}
resource "random_integer" "m" {
  min = 1
  max = 5
}
resource "random_shuffle" "m" { input = ["a", "b"] }
resource "tls_private_key" "m" { algorithm = "RSA" }
resource "tls_self_signed_cert" "m" {
  private_key_pem       = tls_private_key.m.private_key_pem
  validity_period_hours = 12
  allowed_uses          = ["server_auth"]
  subject { common_name = "a" }
}
resource "null_resource" "m" { triggers = { a = "b" } }
resource "local_file" "m" {
  filename = "note.txt"
  content  = "a"
}
resource "time_sleep" "m" { create_duration = "1s" }
resource "time_static" "m" {}
output "kc" { value = nonsensitive(azurerm_kubernetes_cluster.m.kube_config[0].host) }
output "dns" { value = azurerm_storage_account.m.primary_blob_endpoint }
