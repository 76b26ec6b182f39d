"""Making a conversation known to the store, once its first text is certain to be treated."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import OpenConversation, Opened
    from domain.handover import STARTS_CONVERSATION
    from workflows.protocol import ReceiveInbound
    from workflows.recording import record
    from workflows.session import Session


async def open_if_new(session: Session) -> None:
    """Open the conversation for what waits, and drop texts that were answered before."""
    state = session.state
    admitted = any(_is_certain(m) for m in state.inbox)
    if not state.opened or (admitted and not state.started):
        await _open(session, state.inbox, admitted=admitted)


async def start_if_new(session: Session, text: ReceiveInbound) -> None:
    """Start the conversation with a text that the model has found to be a real one."""
    if not session.state.started:
        await _open(session, [text.model_copy(update={"doubt": False})], admitted=True)


async def _open(session: Session, texts: list[ReceiveInbound], *, admitted: bool) -> None:
    state = session.state
    request = OpenConversation(
        brand=session.brand,
        contact_id=session.contact_id,
        conversation_id=state.conversation_id,
        message_ids=tuple(m.message_id for m in texts),
        admitted=admitted,
        passed_on=state.passed_on,
    )
    opened = await session.call("open_conversation", request, Opened, "open the conversation")
    if not state.opened:
        state.policy = opened.policy
        state.resolved_before = opened.resolved_before
    state.opened = True
    settled = set(opened.settled)
    state.inbox = [m for m in state.inbox if m.message_id not in settled]
    state.started = state.started or (
        admitted and not {m.message_id for m in texts if _is_certain(m)} <= settled
    )
    if session.has_human():  # they took the word before there was a row to say so
        await record(session, word=True)


def _is_certain(message: ReceiveInbound) -> bool:
    return message.handover in STARTS_CONVERSATION and not message.doubt
