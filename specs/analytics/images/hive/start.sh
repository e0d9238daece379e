#!/bin/sh
# Brings the tables of the catalog to this version, then serves. HIVE_CONF_DIR holds metastore-site.xml and core-site.xml;
# arguments are those of the metastore.
set -eu

tool=org.apache.hadoop.hive.metastore.tools.schematool.MetastoreSchemaTool
folder=$(echo "$METASTORE_HOME"/*-bin)
classes="$HIVE_CONF_DIR:$folder/lib/*:$HADOOP_LIBRARIES/*"
export METASTORE_HOME="$folder"

java -cp "$classes" "$tool" -dbType postgres -initOrUpgradeSchema

# Memory is that of the container, but for what Java itself needs.
exec java -XX:MaxRAMPercentage=70 -cp "$classes" org.apache.hadoop.hive.metastore.HiveMetaStore "$@"
