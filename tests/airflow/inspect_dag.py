"""What a real Airflow understands of a DAG file, as one line of JSON. Argument: the file."""

import json
import runpy
import sys

from airflow.timetables.base import TimeRestriction

dag = runpy.run_path(sys.argv[1])["dag"]
first = dag.timetable.next_dagrun_info(
    last_automated_data_interval=None,
    restriction=TimeRestriction(earliest=dag.start_date, latest=None, catchup=True),
)
print(
    json.dumps(
        {
            "id": dag.dag_id,
            "first_run": first.run_after.in_timezone("UTC").isoformat(),
            "ends_after": sorted(task.task_id for task in dag.tasks if not task.downstream_task_ids),
            "after": {task.task_id: sorted(task.upstream_task_ids) for task in dag.tasks},
            "retries": sorted({task.retries for task in dag.tasks}),
            "delay": sorted({task.retry_delay.total_seconds() for task in dag.tasks}),
            "templates": sorted({extension for task in dag.tasks for extension in task.template_ext}),
        }
    )
)
