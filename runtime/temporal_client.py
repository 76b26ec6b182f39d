"""The Temporal client and what the namespace must have before the first conversation."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import structlog
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import (
    AddSearchAttributesRequest,
    ListSearchAttributesRequest,
)
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
)
from temporalio.service import RPCError, RPCStatusCode

from activities.upkeep_messages import Sweep
from domain.errors import ConfigurationError
from runtime.payload_codec import build_converter, read_keys
from runtime.settings import Settings
from workflows.attributes import (
    BRAND_ATTRIBUTE,
    CHANNEL_ATTRIBUTE,
    ESCALATED_ATTRIBUTE,
    INTENT_ATTRIBUTE,
    OPENED_AT_ATTRIBUTE,
    STATUS_ATTRIBUTE,
)
from workflows.protocol import CONVERSATIONS_QUEUE
from workflows.sweeper import Sweeper

_log = structlog.get_logger(__name__)

_ATTRIBUTES = {
    BRAND_ATTRIBUTE.name: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    CHANNEL_ATTRIBUTE.name: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    STATUS_ATTRIBUTE.name: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    INTENT_ATTRIBUTE.name: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    ESCALATED_ATTRIBUTE.name: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
    OPENED_AT_ATTRIBUTE.name: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
}
AWAY = (RPCError, RuntimeError)
"""What a call raises while the server is away; a client that never connected raises the second."""

_SWEEP_SCHEDULE = "sweeper"
_LOOKS = 100
_SWEEP_EVERY = timedelta(minutes=1)
_PREPARED_EVERY_SECONDS = 10.0
_LOOK_TIMEOUT = timedelta(seconds=5)


async def connect(settings: Settings, *, lazy: bool = False) -> Client:
    """Connect to the Temporal server.

    Args:
        settings: Where it is.
        lazy: Connect at the first call, so that a process starts while the server is away.

    Raises:
        ConfigurationError: The server does not answer, or the payload keys cannot be read.
    """
    sealed = settings.payload_keys
    keys = read_keys(sealed.get_secret_value()) if sealed else None
    api_key = settings.temporal_api_key
    try:
        return await Client.connect(
            settings.temporal_target,
            namespace=settings.temporal_namespace,
            tls=settings.temporal_tls,
            api_key=api_key.get_secret_value() if api_key else None,
            data_converter=build_converter(keys),
            lazy=lazy,
        )
    except RuntimeError as error:
        msg = (
            f"Temporal does not answer at {settings.temporal_target}: start it, or set "
            "TEMPORAL_ADDRESS; a remote server may ask for TEMPORAL_TLS and TEMPORAL_API_KEY"
        )
        raise ConfigurationError(msg) from error


async def prepare_namespace(client: Client) -> None:
    """Register what is missing of the search attributes.

    A workflow that sets an attribute which its namespace does not have is stuck for ever, so that
    workers do this, and check it, before they take work.

    Raises:
        ConfigurationError: The server does not take them.
    """
    known = await _known_attributes(client)
    missing = {name: kind for name, kind in _ATTRIBUTES.items() if name not in known}
    if missing:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=client.namespace, search_attributes=missing)
        )
    for _look in range(_LOOKS):
        if set(_ATTRIBUTES) <= await _known_attributes(client):
            return
        await asyncio.sleep(0.1)  # the server's own cache is refreshed in a moment
    raise ConfigurationError("Temporal does not take the search attributes: register them by hand")


async def _known_attributes(client: Client) -> frozenset[str]:
    answer = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    return frozenset(answer.custom_attributes)


async def start_sweeping(client: Client) -> None:
    """Have the sweeper run each minute; rounds never overlap.

    A server that does not know of it is new, or has lost what it had: the first round is at once,
    so that open conversations go on.
    """
    schedule = Schedule(
        action=ScheduleActionStartWorkflow(
            Sweeper.run, Sweep(), id=_SWEEP_SCHEDULE, task_queue=CONVERSATIONS_QUEUE
        ),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=_SWEEP_EVERY)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP),
    )
    try:
        await client.create_schedule(_SWEEP_SCHEDULE, schedule, trigger_immediately=True)
    except ScheduleAlreadyRunningError:
        return


async def keep_prepared(client: Client) -> None:
    """Prepare the server again whenever it comes back without what it had; runs for ever."""
    handle = client.get_schedule_handle(_SWEEP_SCHEDULE)
    while True:
        await asyncio.sleep(_PREPARED_EVERY_SECONDS)
        try:
            await handle.describe(rpc_timeout=_LOOK_TIMEOUT)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                _log.warning("temporal_store_is_new")
                with suppress(*AWAY, ConfigurationError):  # it went away again: so look again
                    await prepare_namespace(client)
                    await start_sweeping(client)


async def answers(client: Client) -> bool:
    """Return whether the server answers now."""
    try:
        return await client.service_client.check_health(timeout=timedelta(seconds=2))
    except AWAY:
        return False
