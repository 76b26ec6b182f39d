"""The round that a schedule runs each minute: whatever a crash or an outage left undone."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.upkeep_messages import Sweep, Swept
    from workflows.options import options


@workflow.defn(name="Sweeper")
class Sweeper:
    """One round."""

    @workflow.run
    async def run(self, request: Sweep) -> Swept:
        """Hand over what was committed but not dispatched, and look for what never reached us."""
        found: Swept = await workflow.execute_activity(
            "sweep", request, result_type=Swept, summary="sweep", **options("sweep")
        )
        return found
