"""Glue's StartJobRun with Python shell scripts really run, and BatchStopJobRun, which moto does not have."""

import threading
from typing import Any, List

from moto.core.responses import ActionResult
from moto.glue.models import FakeJob, FakeTrigger
from moto.glue.responses import GlueResponse

from .children import Children
from .glue_run import LocalJobRun


def install_glue(endpoint: str, children: Children, minute_seconds: float) -> None:
    """A job of another kind (glueetl) keeps moto's state machine: no work is done for it."""
    request_run = FakeJob.start_job_run
    lock = threading.Lock()  # between the count of concurrent runs and the new one

    def start_job_run(job: Any, *positional: Any, **named: Any) -> str:
        with lock:
            run_id = request_run(job, *positional, **named)
            if (job.command or {}).get("Name") != "pythonshell":
                return run_id
            job.job_runs[-1] = run = LocalJobRun(job, job.job_runs[-1])
        run.start(endpoint, children, minute_seconds)
        return run_id

    def batch_stop_job_run(response: Any) -> ActionResult:
        name, wanted = response._get_param("JobName"), response._get_param("JobRunIds")
        stopped, errors = [], []
        for run_id in wanted:
            run = _run_of(response.glue_backend.get_job(name).job_runs, run_id)
            if isinstance(run, LocalJobRun) and run.status in ("STARTING", "RUNNING"):
                run.stop(children)
                stopped.append({"JobName": name, "JobRunId": run_id})
            else:
                errors.append(_not_running(name, run_id, run))
        return ActionResult({"SuccessfulSubmissions": stopped, "Errors": errors})

    FakeJob.start_job_run = start_job_run
    FakeTrigger.start_trigger = _start_trigger
    GlueResponse.batch_stop_job_run = batch_stop_job_run


def _run_of(runs: List[Any], run_id: str) -> Any:
    return next((run for run in runs if run.job_run_id == run_id), None)


def _not_running(name: str, run_id: str, run: Any) -> Any:
    code = "JobRunNotInTerminalStateException" if run else "EntityNotFoundException"
    message = "Job run is not running" if run else "Job run not found"
    return {"JobName": name, "JobRunId": run_id, "ErrorDetail": {"ErrorCode": code, "ErrorMessage": message}}


def _start_trigger(trigger: Any) -> None:
    """An on-demand trigger starts its jobs and stays as it was; another one is switched on."""
    if trigger.trigger_type != "ON_DEMAND":
        trigger.state = "ACTIVATED"
        return
    for action in trigger.actions:
        if action.job_name:
            job = trigger.backend.get_job(action.job_name)
            job.start_job_run(None, None, action.timeout, None, None, None, None, None, action.arguments)
