"""Signs that a machine answers our machine, and the limits that end it."""

from datetime import timedelta

from domain.gate.context import GateContext
from domain.gate.normalise import keyword_form
from domain.gate.settings import GateLimits

_FAST = timedelta(seconds=2)
_FAST_ROUNDS = 3
_ECHO_WORDS = 5


def find_loop(text: str, context: GateContext, limits: GateLimits) -> str | None:
    """Return the sign that the sender is a machine, None when there is none.

    Args:
        text: The raw body.
        context: What was sent and received lately.
        limits: The brand's limits.

    Source: sms.md 6.5.
    """
    form = keyword_form(text)
    if _is_repeated(form, context, limits.identical_texts):
        return "loop.identical"
    if _echoes(form, context):
        return "loop.echo"
    if _answers_at_once(text, context):
        return "loop.fast"
    return None


def over_rate(context: GateContext, limits: GateLimits) -> str | None:
    """Return the rate limit that the next reply would break, None when it may go out."""
    if context.agent_replies_10_minutes >= limits.replies_per_10_minutes:
        return "rate.10_minutes"
    if context.agent_replies_24_hours >= limits.replies_per_24_hours:
        return "rate.24_hours"
    return None


def _is_repeated(form: str, context: GateContext, times: int) -> bool:
    earlier = context.recent_inbound[-(times - 1) :]
    # Short answers repeat in honest talk: "1", "yes", "where is it".
    if len(earlier) < times - 1 or len(form.split()) < 4:
        return False
    return all(similarity(form, keyword_form(text.body)) >= 0.9 for text in earlier)


def _echoes(form: str, context: GateContext) -> bool:
    if len(form.split()) < _ECHO_WORDS:
        return False
    return any(
        outbound.verbatim and form == keyword_form(outbound.body)
        for outbound in context.newest_outbound(5)
    )


def _answers_at_once(text: str, context: GateContext) -> bool:
    """Tell whether every one of the last rounds was answered faster than a person can read.

    A person who sends several texts in one go may meet our replies by chance; they ask, machines
    state.
    """
    sent = [outbound.sent_at for outbound in context.newest_outbound(_FAST_ROUNDS)]
    received = [context.now, *(text.received_at for text in reversed(context.recent_inbound))]
    if len(sent) < _FAST_ROUNDS or len(received) < _FAST_ROUNDS:
        return False
    if any("?" in said for said in (text, *(t.body for t in context.recent_inbound[-2:]))):
        return False
    return all(
        at is not None and timedelta(0) <= reply - at < _FAST
        for at, reply in zip(sent, received[:_FAST_ROUNDS], strict=True)
    )


def similarity(first: str, second: str) -> float:
    """Return how alike two texts are: shared words by all words, 1 for equal texts."""
    left, right = set(first.split()), set(second.split())
    if not left or not right:
        return 1.0 if first == second else 0.0
    return len(left & right) / len(left | right)
