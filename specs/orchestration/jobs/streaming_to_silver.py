"""Events of Kafka as they come, into Parquet files by day; ends by itself."""

import argparse

from pyspark.sql import SparkSession
from pyspark.sql.functions import col, from_json, to_date

EVENT = "event_id STRING, session_id STRING, document_id STRING, clicked_at TIMESTAMP"


def main():
    parser = argparse.ArgumentParser()
    for name in ("brokers", "topic", "to"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--seconds", type=int, required=True)
    given = parser.parse_args()
    spark = SparkSession.builder.appName("streaming_to_silver").getOrCreate()
    source = spark.readStream.format("kafka").option("kafka.bootstrap.servers", given.brokers)
    texts = source.option("subscribe", given.topic).option("startingOffsets", "earliest").load()
    events = texts.select(from_json(col("value").cast("string"), EVENT).alias("event")).select("event.*")
    days = events.where("event_id IS NOT NULL").withColumn("day", to_date("clicked_at"))
    # The checkpoint remembers what has been read: the next run goes on from there.
    query = (
        days.writeStream.format("parquet")
        .partitionBy("day")
        .option("path", given.to)
        .option("checkpointLocation", f"{given.to.rstrip('/')}/_checkpoint")
        .start()
    )
    query.awaitTermination(given.seconds)
    query.stop()


if __name__ == "__main__":
    main()
