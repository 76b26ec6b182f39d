"""Going on in a fresh history: when, and how."""

from temporalio import workflow
from temporalio.workflow import ContinueAsNewVersioningBehavior

with workflow.unsafe.imports_passed_through():
    from workflows.attributes import OPENED_AT_ATTRIBUTE, attributes_of
    from workflows.start import ConversationStart
    from workflows.state import ConversationState


def should_start_afresh(state: ConversationState, turns_before: int) -> bool:
    """Return whether the history is to be continued as new, between turns."""
    info = workflow.info()
    return (
        state.turn - turns_before >= state.policy.turns_per_run
        or info.is_continue_as_new_suggested()
        or info.is_target_worker_deployment_version_changed()
    )


def continue_afresh(start: ConversationStart) -> None:
    """Go on in a fresh history, under the newest build when workers are versioned."""
    info = workflow.info()
    upgrade = info.is_target_worker_deployment_version_changed()
    opened_at = info.typed_search_attributes.get(OPENED_AT_ATTRIBUTE) if start.carry else None
    workflow.continue_as_new(
        start,
        search_attributes=attributes_of(start, opened_at or workflow.now()),
        initial_versioning_behavior=ContinueAsNewVersioningBehavior.AUTO_UPGRADE
        if upgrade
        else None,
    )
