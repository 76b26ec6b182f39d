"""Exit 0 while this machine's worker asks Temporal for work on every queue, else 1.

A process can be alive and do nothing, so that the server is asked who polled lately. Run it where
the worker runs: a poller is recognised by the host name in its identity.
"""

import asyncio
import os
import socket
import sys
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from domain.errors import ConfigurationError
from runtime.settings import load_settings
from runtime.temporal_client import connect
from workflows.protocol import CONVERSATIONS_QUEUE, MODEL_QUEUE

# A poll is renewed after one minute at the latest.
_LATELY = timedelta(seconds=100)
_ANSWER_WITHIN = timedelta(seconds=5)
_POLLS = {
    CONVERSATIONS_QUEUE: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    MODEL_QUEUE: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
}


async def is_polled(client: Client, queue: str, kind: "TaskQueueType.ValueType") -> bool:
    """Return whether a worker of this machine has asked for work on a queue lately."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace, task_queue=TaskQueue(name=queue), task_queue_type=kind
    )
    answer = await client.workflow_service.describe_task_queue(request, timeout=_ANSWER_WITHIN)
    oldest = datetime.now(UTC) - _LATELY
    return any(
        poller.identity.endswith(f"@{socket.gethostname()}")
        and poller.last_access_time.ToDatetime(UTC) > oldest
        for poller in answer.pollers
    )


async def check() -> str | None:
    """Return what is wrong, None when nothing is."""
    try:
        client = await connect(load_settings())
        for queue, kind in _POLLS.items():
            if not await is_polled(client, queue, kind):
                return f"nobody here polls {queue}"
    except (ConfigurationError, RPCError) as error:
        return str(error)
    return None


if __name__ == "__main__":
    problem = asyncio.run(check())
    if problem is not None:
        sys.stderr.write(f"worker: {problem}\n")
    # The SDK may abort when the interpreter is taken down; a verdict must not depend on that.
    sys.stderr.flush()
    os._exit(0 if problem is None else 1)
