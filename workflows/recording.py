"""Telling the store where a conversation stands and who has the word in it."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.upkeep_messages import Owner, RecordStatus, StatusRecorded
    from workflows.session import Session


async def record(
    session: Session,
    *,
    word: bool = False,
    owner: Owner | None = None,
    reason: str | None = None,
    resolved: bool = False,
) -> None:
    """Write the status into the store, one change after the other.

    The store drops a change whose number its row has reached. Then a human has written meanwhile,
    of whom we are about to hear; or a run that was lost has left a late change, and that a human
    has the word must stand all the same.

    Args:
        session: The conversation.
        word: Also who has the word, as it is by the time it is written.
        owner: Also this one as the owner, whoever has the word.
        reason: Why it passed to a human.
        resolved: It ended resolved.
    """
    async with session.recording:
        if word:
            owner = "human" if session.has_human() else "agent"
        dropped = await _tell(session, owner, reason, resolved=resolved)
        if dropped and owner == "human":
            await _tell(session, owner, reason, resolved=resolved)
    session.words_passed += owner is not None


async def _tell(
    session: Session, owner: Owner | None, reason: str | None, *, resolved: bool
) -> bool:
    """Write one change; return whether the store has dropped it."""
    state = session.state
    number = state.next_revision()
    request = RecordStatus(
        brand=session.brand,
        conversation_id=state.conversation_id,
        status=state.status,
        intent=state.intent,
        reason=reason,
        owner=owner,
        resolved=resolved,
        revision=number,
    )
    label = f"status {state.status.value}"
    recorded = await session.call("record_status", request, StatusRecorded, label)
    state.revision = max(state.revision, recorded.revision)
    return recorded.revision > number
