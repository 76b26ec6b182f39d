"""Any text gets exactly one decision, quickly, and the CLI's line says the same."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.gate.decision import Decision, Disposition, Doubt, Label, Layer
from domain.gate.jsonl import context_from_words, decide_line
from domain.gate.model import ModelKind, ModelVerdict, decide_after_model, decide_without_model
from domain.gate.settings import GateSettings
from domain.message import MessageOrigin
from tests.unit.gate.given import NOW, after, gate, received, sent

WORDS = st.sampled_from(
    "stop text me please remove number list “ ” Loved 👍 \u200b # order cancel not "
    "interested , . ? 1042 https://x.top thanks my your \ud83d é ß İ".split(" ")
)
ANY_TEXT = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join))


@given(text=ANY_TEXT, suppressed=st.booleans(), handed_off=st.booleans(), waiting=st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_text_gets_exactly_one_decision(
    text: str, *, suppressed: bool, handed_off: bool, waiting: bool
) -> None:
    """No input raises, and no decision is without a reason and a rule."""
    context = after(
        sent("Which order? “x”"),
        suppressed=suppressed,
        handed_off=handed_off,
        automation_waiting=waiting,
        recent_inbound=received(text, text),
    )
    decision = gate(text, context)
    assert isinstance(decision, Decision)
    assert decision.reason
    assert decision.rule
    if suppressed or handed_off:
        assert decision.disposition is not Disposition.ANSWER
    if decision.layer is Layer.KEYWORD:
        assert decision.doubt is None


@given(text=ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_decision_is_the_same_every_time(text: str) -> None:
    """The rule layer has no memory."""
    assert gate(text) == gate(text)


@pytest.mark.parametrize(
    "unit",
    ["dont text me ", "a,", "1 ", "thank you ", "“", "😀", "i ", "usps package ", "a\u0301\u0301"],
)
def test_hostile_text_costs_milliseconds(unit: str) -> None:
    """No pattern backtracks without bound; the limit is far above what a slow machine needs."""
    text = (unit * 10_000)[:10_000]
    gate("warm up the tables first")
    started = time.process_time()
    gate(text)
    assert time.process_time() - started < 0.25


def test_line_keeps_its_fields_and_adds_the_decision() -> None:
    """`sms-agent gate` passes further fields through."""
    line = decide_line({"text": "STOP", "id": 7})
    assert {
        "text": "STOP",
        "id": 7,
        "disposition": "opt_out",
        "label": "stop_keyword",
        "layer": "keyword",
        "score": 1.0,
        "rule": "keyword.stop.stop",
    }.items() <= line.items()


@pytest.mark.parametrize("line", [{}, {"text": None}, {"text": 5, "ctx": []}], ids=str)
def test_line_that_is_malformed_is_decided_as_empty(line: dict[str, object]) -> None:
    """A line without a text is an empty text."""
    assert decide_line(line)["label"] == "empty"


@pytest.mark.parametrize(
    ("ctx", "disposition"),
    [
        ("agent: which order would you like to cancel?", "answer"),
        ("Which order would you like to cancel?", "answer"),
        ("the agent asked which order to cancel", "answer"),
        ("campaign: 20% off all orders! Reply STOP to opt out", "opt_out"),
        ("a marketing campaign about a sale", "opt_out"),
        ("", "opt_out"),
    ],
)
def test_line_context_in_plain_words_changes_what_cancel_means(ctx: str, disposition: str) -> None:
    """Verbatim, tagged or described: the context counts."""
    assert disposition == decide_line({"text": "Cancel", "ctx": ctx})["disposition"]


@pytest.mark.parametrize(
    ("ctx", "origin"),
    [
        ("agent: Hi", MessageOrigin.AGENT),
        ("campaign: Hi", MessageOrigin.CAMPAIGN),
        ("Flash sale! Reply STOP to opt out", MessageOrigin.CAMPAIGN),
        ("What size do you wear?", MessageOrigin.AGENT),
        ("Your order has shipped", MessageOrigin.NOTICE),
    ],
)
def test_line_context_tells_who_wrote(ctx: str, origin: MessageOrigin) -> None:
    """The origin is tagged or guessed."""
    last = context_from_words(ctx, NOW).last_outbound
    assert last is not None
    assert origin is last.origin


def doubtful() -> Decision:
    """Return a decision that waits for the model."""
    decision = gate("I hate these texts")
    assert decision.doubt is Doubt.OPT_OUT
    return decision


@pytest.mark.parametrize(
    ("confidence", "disposition", "scope"),
    [
        (0.9, Disposition.OPT_OUT, "all"),
        (0.5, Disposition.OPT_OUT, "all"),
        (0.49, Disposition.HELPDESK, "marketing"),
        (0.2, Disposition.HELPDESK, "marketing"),
        (0.19, Disposition.ANSWER, None),
    ],
)
def test_models_confidence_decides_in_three_bands(
    confidence: float, disposition: Disposition, scope: str | None
) -> None:
    """Opt out, park with a human while marketing pauses, or answer."""
    verdict = ModelVerdict(kind=ModelKind.OPT_OUT, scope="all", confidence=confidence)
    merged = decide_after_model(doubtful(), verdict, GateSettings())
    assert (disposition, scope, Layer.MODEL, None) == (
        merged.disposition,
        merged.scope,
        merged.layer,
        merged.doubt,
    )


def test_opt_out_of_emails_is_none_of_texts() -> None:
    """A wish to end e-mails keeps texts."""
    verdict = ModelVerdict(kind=ModelKind.OPT_OUT, scope="email", confidence=0.99)
    merged = decide_after_model(doubtful(), verdict, GateSettings())
    assert merged.disposition is Disposition.ANSWER


def test_settled_decision_is_never_changed_by_the_model() -> None:
    """Without a doubt the model has no say."""
    settled = gate("stop texting me")
    verdict = ModelVerdict(kind=ModelKind.QUESTION, confidence=1.0)
    assert settled == decide_after_model(settled, verdict, GateSettings())


def test_models_noise_is_silent_only_when_sure() -> None:
    """A real question that is ignored costs a customer."""
    doubt = gate("Sorry, I'll call later")
    sure = ModelVerdict(kind=ModelKind.NOISE, confidence=0.9)
    unsure = ModelVerdict(kind=ModelKind.NOISE, confidence=0.7)
    merged = [decide_after_model(doubt, verdict, GateSettings()) for verdict in (sure, unsure)]
    assert [one.disposition for one in merged] == [Disposition.IGNORE, Disposition.ANSWER]


def test_doubtful_opt_out_is_parked_when_the_model_is_unreachable() -> None:
    """No text waits on a model, and none that may be an opt-out is answered."""
    parked = decide_without_model(doubtful())
    assert (
        parked.disposition,
        parked.label,
        parked.scope,
        parked.doubt,
    ) == (Disposition.HELPDESK, Label.OPT_OUT_UNCERTAIN, "marketing", None)
