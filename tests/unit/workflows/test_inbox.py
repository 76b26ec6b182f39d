"""What a conversation takes into its inbox, whatever order it is told in."""

from datetime import UTC, datetime

import pytest

from domain.handover import Handover
from workflows.protocol import ReceiveInbound
from workflows.state import ConversationState

_NOW = datetime(2026, 11, 22, tzinfo=UTC)


def _told(seq: int, handover: Handover) -> ReceiveInbound:
    return ReceiveInbound(
        message_id=f"m{seq}", seq=seq, body="", received_at=_NOW, handover=handover
    )


@pytest.mark.parametrize(
    ("order", "waiting"),
    [
        ([(1, Handover.TURN), (2, Handover.OPT_OUT)], [1, 2]),
        ([(2, Handover.TURN), (1, Handover.OPT_OUT)], [2]),
        ([(1, Handover.OPT_OUT), (2, Handover.TURN)], [1, 2]),
        ([(2, Handover.TURN), (1, Handover.OPT_OUT_WITH_QUESTION)], [2, 1]),
        ([(2, Handover.HANDOFF), (1, Handover.OPT_OUT)], [2, 1]),
    ],
    ids=["stop_last", "stop_told_late", "stop_first", "question_told_late", "after_a_handoff"],
)
def test_inbox_opt_out_told_after_a_newer_text_that_was_let_in_is_old_news(
    order: list[tuple[int, Handover]], waiting: list[int]
) -> None:
    """START came between them; only the bare opt-out is dropped, a question never is."""
    state = ConversationState(conversation_id="c", last_activity=_NOW)

    for seq, handover in order:
        state.receive(_told(seq, handover))

    assert [m.seq for m in state.inbox] == waiting
