"""A local AWS API for trying a platform on: moto's server, with Lambda and Glue Python shell code really run."""
