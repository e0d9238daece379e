/** Where the certificates that Docker's hosts ask for lie in Airflow's containers: a folder per connection. */
export const CLIENT_CERTIFICATES = "/run/airflow/docker";
/** Where what the services share in secret lies in their containers. */
export const RUNTIME_SECRETS = "/run/airflow";
/** Where the files beside the spec lie in the image. */
export const FILES = "/opt/airflow/files";
