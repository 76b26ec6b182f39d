"""Texts that the rules left in doubt: the model is asked before a turn takes them."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.messages import Classified, ClassifyInbound
    from domain.handover import Handover
    from workflows.opening import start_if_new
    from workflows.protocol import ReceiveInbound
    from workflows.sending import send_notice
    from workflows.session import Session


async def admit(session: Session, texts: list[ReceiveInbound]) -> list[ReceiveInbound]:
    """Ask the model about texts the rules left in doubt; keep those that are to be answered."""
    kept = []
    for text in texts:
        if not text.doubt:
            kept.append(text)
            continue
        verdict = await _classify(session, text)
        if verdict.handover is Handover.TURN:
            kept.append(text)
            await start_if_new(session, text)
            continue
        session.note(f"{verdict.label}: {verdict.reason}")
        if verdict.notice_id is not None:
            await send_notice(session, verdict.notice_id)
        if verdict.handover is not None:  # an opt-out or a handoff: the main loop acts on it
            update = {"handover": verdict.handover, "escalation": verdict.escalation}
            session.state.inbox.append(text.model_copy(update={**update, "doubt": False}))
    return kept


async def _classify(session: Session, text: ReceiveInbound) -> Classified:
    """Ask the model; when it cannot be reached, rules alone decide and the reason says so."""
    request = ClassifyInbound(**session.about(), message_id=text.message_id, seq=text.seq)
    summary = f"turn {session.state.turn} · classify"
    try:
        return await session.call("classify_inbound", request, Classified, summary)
    except ActivityError:
        alone = request.model_copy(update={"ask_model": False})
        return await session.call(
            "classify_inbound", alone, Classified, summary, row="classify_by_rules"
        )
