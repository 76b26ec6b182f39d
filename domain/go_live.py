"""What must be true before a brand's number may be answered by the agent."""

from datetime import UTC, datetime

from domain.brand import BrandSettings
from domain.brand_accounts import Registration
from domain.escalation import HandoffMode
from domain.gate.activation import barred_category
from domain.gate.context import GateContext
from domain.gate.decision import Disposition
from domain.gate.keywords import KEYWORDS, Family
from domain.gate.rules import decide
from domain.values import Value

_ANY_INSTANT = datetime(2026, 1, 1, tzinfo=UTC)


class GoLiveCheck(Value):
    """One point of the preflight.

    Attributes:
        name: Stable word.
        passed: Whether it holds.
        sentence: What was found and, if it does not hold, the remedy.
        blocking: The agent must not answer while it does not hold.
    """

    name: str
    passed: bool
    sentence: str
    blocking: bool = True


def check_go_live(brand: BrandSettings) -> tuple[GoLiveCheck, ...]:
    """Return every point of the preflight that settings alone can answer.

    Args:
        brand: The brand's settings.

    Source: product requirements R11, R13, R19, R22, R38.
    """
    return (
        _category(brand),
        *_senders(brand),
        _opt_out_path(brand),
        _handoff(brand),
        _spend_cap(brand),
        _disclosure(brand),
    )


def _category(brand: BrandSettings) -> GoLiveCheck:
    barred = barred_category(brand.identity.category)
    return GoLiveCheck(
        name="category",
        passed=barred is None,
        sentence=f"{brand.identity.category} may text"
        if barred is None
        else f"{barred} is barred on SMS: the agent cannot be activated on this channel",
    )


def _senders(brand: BrandSettings) -> list[GoLiveCheck]:
    return [
        GoLiveCheck(
            name=f"sender {sender.number[-4:]}",
            passed=sender.registration is not Registration.UNKNOWN,
            sentence=f"registered as {sender.registration.value}"
            if sender.registration is not Registration.UNKNOWN
            else "its registration is unknown: register it with the carriers and set "
            "senders.registration",
        )
        for sender in brand.senders
    ]


def _opt_out_path(brand: BrandSettings) -> GoLiveCheck:
    """Run every stop keyword of the brand's languages through the gate as it stands."""
    context = GateContext(now=_ANY_INSTANT)
    words = {
        word
        for language in ("en", *brand.gate.languages)
        for word in KEYWORDS[Family.STOP][language]
    }
    words |= {*brand.gate.keywords.extra.stop, *brand.gate.keywords.unsubscribe}
    missed = [
        word
        for word in sorted(words)
        if decide(word, context, brand.gate).disposition is not Disposition.OPT_OUT
    ]
    return GoLiveCheck(
        name="opt-out path",
        passed=not missed,
        sentence="every stop keyword opts out"
        if not missed
        else f"these stop keywords do not opt out: {', '.join(missed)}",
    )


def _handoff(brand: BrandSettings) -> GoLiveCheck:
    if brand.handoff.mode is HandoffMode.CLOSEOUT:
        return GoLiveCheck(name="handoff", passed=True, sentence="closes with the brand's message")
    return GoLiveCheck(
        name="handoff",
        passed=brand.helpdesk is not None,
        sentence="hands over to the helpdesk"
        if brand.helpdesk is not None
        else "no helpdesk: configure one, or set handoff.mode to closeout",
    )


def _spend_cap(brand: BrandSettings) -> GoLiveCheck:
    return GoLiveCheck(
        name="spend cap",
        passed=brand.spend.brand_month_micros is not None,
        sentence="the month's spend is capped"
        if brand.spend.brand_month_micros is not None
        else "set spend.brand_month_micros: a campaign that invites replies may cost any amount",
    )


def _disclosure(brand: BrandSettings) -> GoLiveCheck:
    told = brand.gate.disclosure.first_reply and bool(brand.voice.disclosure.strip())
    return GoLiveCheck(
        name="disclosure",
        passed=told,
        sentence="the first reply says that it comes from an AI"
        if told
        else "the first reply does not say that it comes from an AI: several laws ask for it",
        blocking=False,
    )
