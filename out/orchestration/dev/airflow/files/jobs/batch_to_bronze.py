"""The events of one day, each once, as they were sent."""

import argparse

from pyspark.sql import SparkSession


def main():
    parser = argparse.ArgumentParser()
    for name in ("from", "to", "day"):
        parser.add_argument(f"--{name}", required=True)
    given = vars(parser.parse_args())
    spark = SparkSession.builder.appName("batch_to_bronze").getOrCreate()
    events = spark.read.parquet(given["from"]).where(f"day = DATE '{given['day']}'").drop("day")
    target = f"{given['to'].rstrip('/')}/day={given['day']}"
    events.dropDuplicates(["event_id"]).write.mode("overwrite").parquet(target)


if __name__ == "__main__":
    main()
