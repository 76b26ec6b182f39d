"""The worker: conversations and tools on one queue, model calls on another."""

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.worker import Worker, WorkerDeploymentConfig

from domain.errors import ConfigurationError
from runtime.dispatcher import QUEUES, Queues
from runtime.logs import configure_logs
from runtime.settings import Settings, load_settings
from runtime.telling import build_dispatcher
from runtime.temporal_client import connect, keep_prepared, prepare_namespace, start_sweeping
from runtime.wiring import Runtime, build_runtime, conversation_activities, model_activities
from workflows.conversation import Conversation
from workflows.notice import Notice
from workflows.sweeper import Sweeper

_log = structlog.get_logger(__name__)

# Longer than a send may take: a send that is cut off has to be looked for.
_GRACE = timedelta(seconds=30)
# A killed worker's task waits this long on its queue before another worker gets it.
_STICKY = timedelta(seconds=2)
_THREADS = 20
WORKFLOWS: tuple[type, ...] = (Conversation, Notice, Sweeper)
_SDK_EXIT_PAUSE_SECONDS = 0.2
_AWAY_PAUSE_SECONDS = 0.5


@asynccontextmanager
async def running_workers(
    runtime: Runtime,
    client: Client,
    queues: Queues = QUEUES,
    workflows: Sequence[type] = WORKFLOWS,
) -> AsyncIterator[None]:
    """Run both workers for as long as the block lasts; leaving it lets running work end.

    Args:
        runtime: What activities work with.
        client: Temporal.
        queues: Where work is taken from.
        workflows: Workflows of this build.
    """
    dispatcher = build_dispatcher(client, runtime, queues)
    deployment = _deployment(runtime.settings)
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="activity") as threads:
        conversations = Worker(
            client,
            task_queue=queues.conversations,
            workflows=workflows,
            activities=conversation_activities(runtime, dispatcher),
            activity_executor=threads,
            graceful_shutdown_timeout=_GRACE,
            deployment_config=deployment,
            sticky_queue_schedule_to_start_timeout=_STICKY,
        )
        model = Worker(
            client,
            task_queue=queues.model,
            activities=model_activities(runtime),
            activity_executor=threads,
            max_concurrent_activities=runtime.settings.worker_model_slots,
            graceful_shutdown_timeout=_GRACE,
            deployment_config=deployment,
        )
        async with conversations, model:
            yield


def _deployment(settings: Settings) -> WorkerDeploymentConfig | None:
    """Return this worker's version: conversations are pinned to it between turns."""
    if settings.temporal_deployment_name is None or settings.temporal_build_id is None:
        return None
    version = WorkerDeploymentVersion(
        deployment_name=settings.temporal_deployment_name, build_id=settings.temporal_build_id
    )
    return WorkerDeploymentConfig(
        version=version,
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.PINNED,
    )


async def run_worker() -> None:
    """Run until the process is told to stop.

    Raises:
        ConfigurationError: A setting is wrong.
    """
    settings = load_settings()
    configure_logs(settings.log_level)
    client = await _connect_patiently(settings)
    await prepare_namespace(client)
    await start_sweeping(client)
    runtime = build_runtime(settings)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        async with running_workers(runtime, client):
            _log.info("worker_ready", temporal=settings.temporal_target)
            watch = asyncio.create_task(keep_prepared(client))
            await stop.wait()
            watch.cancel()
    finally:
        await runtime.close()
        # The SDK may abort when the interpreter ends right after its last call.
        await asyncio.sleep(_SDK_EXIT_PAUSE_SECONDS)


async def _connect_patiently(settings: Settings) -> Client:
    """Connect, however long the server is away: an outage must not end the worker for good."""
    while True:
        try:
            return await connect(settings)
        except ConfigurationError as error:
            _log.warning("temporal_is_away", problem=str(error))
            await asyncio.sleep(_AWAY_PAUSE_SECONDS)
