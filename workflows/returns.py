"""The customer is back after a resolution: was it one?"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.upkeep_messages import ReturnReviewed, ReviewReturn
    from workflows.session import Session


async def review_return(session: Session) -> None:
    """Once it is known what the customer wants, take back a resolution that was none."""
    state = session.state
    earlier = state.resolved_before
    if earlier is None or not (state.agent_texts or state.handoffs):
        return
    request = ReviewReturn(**session.about(), earlier=earlier, intent=state.intent)
    verdict = await session.call(
        "review_return", request, ReturnReviewed, "back on the same issue?"
    )
    state.resolved_before = None
    if verdict.reverted:
        session.note("back on the same issue: the resolution before counts no more")
        await session.publish(earlier)
