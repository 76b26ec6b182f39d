"""What a model may say; the first of each is what a calm one says."""

from activities.messages import Classified, PlannedCall, TurnStep
from domain.escalation import EscalationReason
from domain.handover import Handover

_ORDERS = PlannedCall(call_id="call-1", activity="find_orders")
_WRITE = PlannedCall(call_id="call-2", activity="get_order", writes=True)
STEPS = (
    *(TurnStep(kind="draft", intent="order_status", body="It is on its way.", segments=1),) * 8,
    TurnStep(kind="draft", body="As I said.", segments=1, progress=False),
    *(TurnStep(kind="tools", intent="order_status", calls=(_ORDERS,)),) * 3,
    TurnStep(kind="tools", calls=(_WRITE, _ORDERS)),
    TurnStep(kind="rejected", reason="grounding"),
    TurnStep(kind="escalate", escalation=EscalationReason.CUSTOMER_ASKED, summary="asked"),
    TurnStep(kind="escalate", escalation=EscalationReason.SPEND_CAP, summary="cap"),
)
VERDICTS = (
    *(Classified(handover=Handover.TURN, label="question", reason="asks"),) * 3,
    Classified(handover=None, label="spam", reason="noise"),
    Classified(handover=None, label="ineligible", reason="not for them", notice_id="notice"),
    Classified(handover=Handover.OPT_OUT, label="opt_out", reason="wants out", notice_id="bye"),
    Classified(handover=Handover.OPT_OUT_WITH_QUESTION, label="opt_out", reason="out, and asks"),
    Classified(
        handover=Handover.HANDOFF, label="opt_out_uncertain", reason="unsure",
        escalation=EscalationReason.OPT_OUT_REVIEW,
    ),
)  # fmt: skip
