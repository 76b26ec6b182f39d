"""Builds of one worker deployment side by side, on queues of their own beside the session's."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import uuid4

from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.service import RPCError

from runtime.dispatcher import Queues
from runtime.worker_process import WORKFLOWS, running_workers
from tests.product import Product
from tests.rig import AVA, Brand
from tests.wait import until


@dataclass(frozen=True)
class Deployment:
    """One deployment: conversations that start on `product` run on its workers only."""

    name: str
    product: Product

    @asynccontextmanager
    async def build(
        self, build_id: str, workflows: Sequence[type] = WORKFLOWS
    ) -> AsyncIterator[None]:
        """Run the workers of a build, as the product does when both settings are given."""
        runtime = self.product.runtime
        settings = runtime.settings.model_copy(
            update={"temporal_deployment_name": self.name, "temporal_build_id": build_id}
        )
        versioned = replace(runtime, settings=settings)
        async with running_workers(versioned, self.product.client, self.product.queues, workflows):
            yield

    async def make_current(self, build_id: str) -> None:
        """Send new runs to a build, as `temporal worker deployment set-current-version` does."""
        client = self.product.client
        request = SetWorkerDeploymentCurrentVersionRequest(
            namespace=client.namespace, deployment_name=self.name, build_id=build_id
        )

        async def taken() -> bool:
            try:  # the server knows a build once its pollers have come
                await client.workflow_service.set_worker_deployment_current_version(request)
            except RPCError:
                return False
            return True

        await until(taken, f"{build_id} is current")


def new_deployment(product: Product) -> Deployment:
    """Return a deployment without workers."""
    mark = uuid4().hex[:8]
    queues = Queues(f"versioned-{mark}", f"versioned-model-{mark}")
    return Deployment(f"agent-{mark}", replace(product, queues=queues))


async def build_of(brand: Brand, number: str = AVA) -> str:
    """Return the build that the contact's newest run belongs to, empty before its first task."""
    info = (await brand.handle(number).describe()).raw_description.workflow_execution_info
    return str(info.versioning_info.deployment_version.build_id)
