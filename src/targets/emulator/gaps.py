"""What moto 5 lacks or answers otherwise than AWS, as far as the aws provider notices; one function per service."""

import copy
import inspect
import json
import re
from typing import Any, Dict, Set

import moto.eks.models
from moto.athena.models import AthenaBackend
from moto.athena.responses import AthenaResponse
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.glue.models import Action, FakeJob, GlueBackend, Predicate
from moto.glue.responses import GlueResponse
from moto.iam.models import IAMBackend
from moto.sqs.models import Queue
from moto.stepfunctions.responses import StepFunctionResponse


def fill_gaps() -> None:
    """Called once, before the first request."""
    _fill_glue()
    _fill_athena()
    _fill_sqs()
    _fill_step_functions()
    _keep_managed_policies()
    moto.eks.models.DEFAULT_REMOTE_ACCESS = None  # a node group has none unless it was asked for


def _fill_glue() -> None:
    create_job = GlueBackend.create_job

    def create_job_as_given(backend: Any, **fields: Any) -> None:
        create_job(backend, **fields)
        # AWS leaves ExecutionClass out unless it was given; moto's STANDARD is a difference in every plan.
        backend.jobs[fields["name"]].execution_class = fields.get("execution_class") or None

    GlueBackend.create_job = create_job_as_given
    GlueResponse.update_job = _update_job
    GlueResponse.update_trigger = _update_trigger
    GlueResponse.update_crawler = _update_crawler
    GlueResponse.delete_connection = _delete_connection


def _update_job(response: Any) -> ActionResult:
    """UpdateJob replaces the definition: what is not given goes back to its default."""
    backend, name = response.glue_backend, response._get_param("JobName")
    old = backend.get_job(name)
    given = {_snake(key): value for key, value in response._get_param("JobUpdate").items()}
    accepted = _parameters(FakeJob) - {"name", "tags", "backend"}
    definition = {key: given.get(key) for key in accepted}
    job = FakeJob(name=name, tags=None, backend=backend, **definition)
    job.execution_class = given.get("execution_class")
    job.created_on, job.job_runs = old.created_on, old.job_runs
    backend.jobs[name] = job
    return ActionResult({"JobName": name})


def _update_trigger(response: Any) -> ActionResult:
    trigger = response.glue_backend.get_trigger(response._get_param("Name"))
    update = dict(response._get_param("TriggerUpdate"))
    update.pop("Name", None)
    if "Actions" in update:
        trigger.actions = [Action(action) for action in update.pop("Actions")]
    if "Predicate" in update:
        trigger.predicate = Predicate(update.pop("Predicate"))
    _set_fields(trigger, update)
    return ActionResult({"Trigger": trigger.as_dict()})


def _update_crawler(response: Any) -> ActionResult:
    update = dict(response.parameters)
    crawler = response.glue_backend.get_crawler(update.pop("Name"))
    _set_fields(crawler, update)
    crawler.last_updated = utcnow()
    crawler.version += 1
    return ActionResult({})


def _delete_connection(response: Any) -> ActionResult:
    response.glue_backend.connections.pop(response._get_param("ConnectionName"), None)
    return ActionResult({})


def _fill_athena() -> None:
    answer_for_tags = AthenaResponse.list_tags_for_resource

    def list_tags_for_resource(response: Any) -> Any:
        if response.athena_backend.tagger.has_tags(response._get_param("ResourceARN")):
            return answer_for_tags(response)
        return json.dumps({"Tags": []})  # moto: 'does not exist', also for what exists without tags

    def delete_named_query(response: Any) -> str:
        response.athena_backend.named_queries.pop(response._get_param("NamedQueryId"), None)
        return json.dumps({})

    create_work_group = AthenaBackend.create_work_group

    def create_work_group_with_metrics(
        backend: Any, name: str, configuration: Any, description: str, tags: Any
    ) -> Any:
        given = {"PublishCloudWatchMetricsEnabled": True, **(configuration or {})}  # AWS's default, not moto's
        return create_work_group(backend, name, given, description, tags)

    AthenaBackend.create_work_group = create_work_group_with_metrics
    AthenaResponse.update_work_group = _update_work_group
    AthenaResponse.list_tags_for_resource = list_tags_for_resource
    AthenaResponse.delete_named_query = delete_named_query


def _update_work_group(response: Any) -> str:
    name = response._get_param("WorkGroup")
    work_group = response.athena_backend.work_groups.get(name)
    if not work_group:
        return response.error("WorkGroup does not exist", 400)
    updates = dict(response._get_param("ConfigurationUpdates") or {})
    results = updates.pop("ResultConfigurationUpdates", None)
    if results is not None:
        old = work_group.configuration.get("ResultConfiguration") or {}
        work_group.configuration["ResultConfiguration"] = _updated(old, results)
    work_group.configuration = _updated(work_group.configuration, updates)
    if response._get_param("Description") is not None:
        work_group.description = response._get_param("Description")
    work_group.state = response._get_param("State") or work_group.state
    return json.dumps({})


def _updated(old: Dict[str, Any], updates: Dict[str, Any]) -> Dict[str, Any]:
    """Athena's way of writing changes: `RemoveX: true` takes X away, anything else replaces."""
    removed = {name[len("Remove") :] for name, value in updates.items() if name.startswith("Remove") and value}
    given = {name: value for name, value in updates.items() if not name.startswith("Remove")}
    return {name: value for name, value in {**old, **given}.items() if name not in removed}


def _fill_sqs() -> None:
    read_attributes = Queue.attributes.fget

    def attributes(queue: Any) -> Dict[str, Any]:
        found = read_attributes(queue)
        if "RedrivePolicy" in found:  # AWS writes it without spaces, and the provider compares text
            found["RedrivePolicy"] = json.dumps(queue.redrive_policy, separators=(",", ":"))
        return found

    Queue.attributes = property(attributes)


def _fill_step_functions() -> None:
    def list_state_machine_versions(_: Any) -> ActionResult:
        return ActionResult({"stateMachineVersions": []})

    def validate_state_machine_definition(_: Any) -> ActionResult:
        return ActionResult({"result": "OK", "diagnostics": [], "truncated": False})

    StepFunctionResponse.list_state_machine_versions = list_state_machine_versions
    StepFunctionResponse.validate_state_machine_definition = validate_state_machine_definition


def _keep_managed_policies() -> None:
    """AWS's own policies are parsed once, not again for every reset (a second each time)."""
    read_policies = IAMBackend._init_aws_policies
    policies_of: Dict[Any, Any] = {}

    def aws_policies(backend: Any) -> Any:
        account = (backend.account_id, backend.region_name)
        if account not in policies_of:
            policies_of[account] = read_policies(backend)
        return [copy.copy(policy) for policy in policies_of[account]]  # attaching counts on the policy itself

    IAMBackend._init_aws_policies = aws_policies


def _parameters(kind: Any) -> Set[str]:
    return set(inspect.signature(kind.__init__).parameters) - {"self"}


def _set_fields(model: Any, fields: Dict[str, Any]) -> None:
    for key, value in fields.items():
        setattr(model, _snake(key), value)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
