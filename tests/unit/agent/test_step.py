"""Each rule of a step: fitting, repair, second segment, escalation."""

from pydantic import TypeAdapter

from agent.attempts import SHORTER
from agent.outcome import Draft, Escalate, Rejected, RejectionCode, SecondSegmentReason, Step
from agent.step import decide_step
from agent.templates import PROMPT_VERSION
from domain.brand_conduct import Limits
from domain.escalation import EscalationReason
from domain.facts import FactKind
from domain.segments import count_segments
from providers.llm.base import AgentSaid, Finish, Instruction, ModelReply
from tests.unit.agent.builders import TRACKING_URL, a_brand, a_context, said

GOOD = "Order #1042 is on its way with UPS, expected Nov 24."
LONG = (
    "You have 30 days from delivery to return unworn items for a full refund. Return shipping in "
    "the US is free. Refunds are paid 5-7 business days after we receive the parcel."
)
PARAPHRASED = (
    "Unworn items can be returned for 30 days from delivery and you pay no shipping for it in the "
    "US. Refunds arrive 5-7 business days after the parcel is with us again."
)
LONG_WITH_LINK = (
    "You have 30 days from delivery to return unworn items for a full refund, and return shipping "
    "in the US is free. Start here: https://harbor-pine.example/returns when you are ready."
)
ASKED_FOR_LESS = (Instruction(text=SHORTER.format(characters=160)),)


def test_decide_step_grounded_reply_becomes_a_draft_with_its_receipt() -> None:
    """A reply that passes carries its body, its price and what it rests on."""
    step = decide_step(said(GOOD, "order_status", model="m-1"), a_context())

    assert isinstance(step, Draft)
    assert (step.body, step.segments) == (GOOD, 1)
    assert step.reason_for_second_segment is None
    assert step.receipt.verdict == "passed"
    assert (step.receipt.model, step.receipt.prompt_version) == ("m-1", PROMPT_VERSION)
    assert FactKind.DATE in {f.kind for f in step.receipt.facts}


def test_decide_step_first_reply_says_that_an_ai_writes() -> None:
    """R50 and the laws on disclosure: the first reply names brand and AI, in the same segment."""
    step = decide_step(said(GOOD, "order_status"), a_context(first_reply=True))

    assert isinstance(step, Draft)
    assert step.body == f"Harbor & Pine AI assistant: {GOOD}"
    assert step.segments == 1


def test_decide_step_too_long_reply_is_asked_for_once_shorter() -> None:
    """The model hears how many characters it has."""
    step = decide_step(said(LONG, "policy_question"), a_context())

    assert isinstance(step, Rejected)
    assert step.code is RejectionCode.TOO_LONG
    assert step.items == (
        AgentSaid(text=LONG),
        Instruction(text="Say it shorter: at most 160 characters."),
    )


def test_decide_step_still_too_long_without_reason_escalates() -> None:
    """Length has its own chance and may use the common one; then a human takes over."""
    again = decide_step(
        said(PARAPHRASED, "policy_question"), a_context(rejections=1, items=ASKED_FOR_LESS)
    )
    last = decide_step(
        said(PARAPHRASED, "policy_question"), a_context(rejections=2, items=ASKED_FOR_LESS * 2)
    )

    assert isinstance(again, Rejected)
    assert isinstance(last, Escalate)
    assert last.reason is EscalationReason.GUARDRAIL


def test_decide_step_brands_own_sentences_may_take_two_segments() -> None:
    """A policy that cannot be said shorter is sent in the brand's words, not given up."""
    step = decide_step(said(LONG, "policy_question"), a_context(rejections=1, items=ASKED_FOR_LESS))

    assert isinstance(step, Draft)
    assert step.reason_for_second_segment is SecondSegmentReason.BRANDS_WORDING


def test_decide_step_second_segment_for_a_needed_link_names_its_reason() -> None:
    """R25: a second segment has a reason code, and no link is ever cut."""
    step = decide_step(
        said(LONG_WITH_LINK, "return_or_refund"), a_context(rejections=1, items=ASKED_FOR_LESS)
    )

    assert isinstance(step, Draft)
    assert step.segments == 2
    assert step.reason_for_second_segment is SecondSegmentReason.NEEDED_LINK
    assert "https://harbor-pine.example/returns" in step.body


def test_decide_step_second_segment_for_several_questions_names_its_reason() -> None:
    """Two questions may take two segments."""
    context = a_context(
        rejections=1, items=ASKED_FOR_LESS, batch=("How long can I return?", "When is the refund?")
    )

    step = decide_step(said(LONG, "policy_question"), context)

    assert isinstance(step, Draft)
    assert step.reason_for_second_segment is SecondSegmentReason.SEVERAL_QUESTIONS


def test_decide_step_hard_maximum_of_segments_holds_against_every_reason() -> None:
    """The brand's maximum is never exceeded."""
    context = a_context(
        brand=a_brand(limits=Limits(max_segments=1)), rejections=2, items=ASKED_FOR_LESS
    )

    step = decide_step(said(LONG_WITH_LINK, "return_or_refund"), context)

    assert isinstance(step, Escalate)


def test_decide_step_length_does_not_use_up_the_guardrails_chance() -> None:
    """After "say it shorter" a draft may still be mended once."""
    bad = said("Order #1042 was delivered.", "order_status")

    first = decide_step(bad, a_context(rejections=1, items=ASKED_FOR_LESS))
    second = decide_step(bad, a_context(rejections=2, items=ASKED_FOR_LESS))

    assert isinstance(first, Rejected)
    assert isinstance(second, Escalate)


def test_decide_step_failed_guardrail_tells_the_model_why_once() -> None:
    """The reason goes back; the second failure goes to a human with the findings."""
    bad = said("The Ridge Shell Jacket is $5.00.", "product_question")

    first = decide_step(bad, a_context())
    assert isinstance(first, Rejected)
    second = decide_step(bad, a_context(rejections=1, items=first.items))

    assert first.code is RejectionCode.GUARDRAIL
    instruction = first.items[-1]
    assert isinstance(instruction, Instruction)
    assert "$5.00" in instruction.text
    assert isinstance(second, Escalate)
    assert second.findings == first.findings


def test_decide_step_cut_off_or_refused_answer_is_used_in_no_part() -> None:
    """An answer that was cut may have lost its "not"."""
    for finish, code in (
        (Finish.LENGTH, RejectionCode.CUT_OFF),
        (Finish.REFUSED, RejectionCode.REFUSED),
    ):
        first = decide_step(said(GOOD, finish=finish), a_context())
        second = decide_step(said(GOOD, finish=finish), a_context(rejections=1))

        assert isinstance(first, Rejected)
        assert first.code is code
        assert isinstance(second, Escalate)


def test_decide_step_wide_alphabet_fits_seventy_units() -> None:
    """R53: a Chinese answer to a Chinese question is one segment of up to 70 units."""
    context = a_context(batch=("我的订单在哪里?",))

    step = decide_step(said("订单 #1042 正在运输途中。", "order_status"), context)

    assert isinstance(step, Draft)
    assert step.segments == count_segments(step.body).segments == 1


def test_decide_step_typography_costs_no_second_segment() -> None:
    """Curly quotes, dashes and emoji are rewritten before they double the price."""
    step = decide_step(
        said("It’s on its way – expected Nov 24… 🎉 #1042", "order_status"), a_context()
    )

    assert isinstance(step, Draft)
    assert step.body.isascii()


def test_step_round_trips_through_json() -> None:
    """The four outcomes stand in histories and come back as what they were."""
    adapter: TypeAdapter[Step] = TypeAdapter(Step)
    steps = (
        decide_step(said(GOOD, "order_status"), a_context()),
        decide_step(said(LONG), a_context()),
        decide_step(ModelReply(text=""), a_context(rejections=1)),
    )

    for step in steps:
        assert adapter.validate_json(adapter.dump_json(step)) == step


def test_decide_step_tracking_reply_of_the_brief_is_one_segment() -> None:
    """The main job: where is my order, with link, in one segment."""
    reply = f"Order #1042 is on its way with UPS, expected Nov 24. Track: {TRACKING_URL}"

    step = decide_step(said(reply, "order_status"), a_context())

    assert isinstance(step, Draft)
    assert step.segments == 1
