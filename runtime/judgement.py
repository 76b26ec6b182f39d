"""Deciding recorded turns again under other settings or another model; nothing is sent.

Tools are answered from the record: the same call gets the same answer, a call that was never
made then gets none. So what changes is what the settings, the prompt or the model changed.
"""

from pydantic import TypeAdapter

from agent.context import TurnContext
from agent.outcome import Draft, Escalate, Rejected, Step, ToolCalls
from agent.prompt import build_request
from agent.step import decide_step
from domain.brand import BrandSettings
from domain.message import MessageOrigin
from domain.money import Usage, cost_micros
from domain.values import Value
from providers.llm.base import LanguageModel, ModelItem, ToolAnswered
from store.replays import RecordedTurn
from store.turn_records import ToolRecord

_STEP: TypeAdapter[Step] = TypeAdapter(Step)
_ROUNDS = 12
_NOT_RECORDED = '{"error":"unavailable","say":"This lookup was not made when it was recorded."}'
_BRAND_ORIGINS = (MessageOrigin.CAMPAIGN, MessageOrigin.AUTOMATION)


class Said(Value):
    """What a turn came to.

    Attributes:
        reply: The text, None when it was handed over.
        handed_over: Why it was handed over, None for a reply.
        findings: Rules of the guardrails that an answer on the way broke.
        segments: Of the reply.
        cost_micros: Model and segments; no token counts as cached, which is chance.
    """

    reply: str | None
    handed_over: str | None
    findings: tuple[str, ...] = ()
    segments: int
    cost_micros: int


class Comparison(Value):
    """One turn, then and now."""

    conversation_id: str
    turn: int
    asked: tuple[str, ...]
    then: Said
    now: Said

    @property
    def changed(self) -> bool:
        """Whether the customer would have got something else."""
        return (self.then.reply, self.then.handed_over) != (self.now.reply, self.now.handed_over)


def recorded(turn: RecordedTurn, brand: BrandSettings) -> Said:
    """Return what a turn came to when it was live."""
    usage = Usage(input_tokens=turn.input_tokens, output_tokens=turn.output_tokens)
    steps = [_STEP.validate_json(outcome) for outcome in turn.outcomes]
    broken = [rule for step in steps for rule in _broken(step)]
    return _said(steps[-1], usage, brand, tuple(dict.fromkeys(broken)))


async def decide_again(
    turn: RecordedTurn, brand: BrandSettings, model: LanguageModel, model_name: str
) -> Said:
    """Decide a turn anew.

    Args:
        turn: As it was recorded.
        brand: Settings to decide it under.
        model: Adapter.
        model_name: The vendor's name for the model.

    Raises:
        ProviderError: The model cannot be reached.
    """
    context = _context(turn, brand, model_name)
    usage, broken = Usage(), []
    step: Step | None = None
    for _round in range(_ROUNDS):
        reply = await model.complete(build_request(context))
        usage += Usage(
            input_tokens=reply.input_tokens,
            output_tokens=reply.output_tokens,
        )
        step = decide_step(reply, context)
        broken += _broken(step)
        if isinstance(step, Draft | Escalate):
            break
        context = _after(context, step, turn.tools)
    return _said(step, usage, brand, tuple(dict.fromkeys(broken)))


def _broken(step: Step) -> list[str]:
    return [f.rule.value for f in step.findings] if isinstance(step, Rejected | Escalate) else []


def _context(turn: RecordedTurn, brand: BrandSettings, model_name: str) -> TurnContext:
    return TurnContext(
        brand=brand,
        conversation_id=turn.conversation_id,
        model=model_name,
        now=turn.decided_at,
        transcript=turn.transcript,
        brand_texts=tuple(line.body for line in turn.transcript if line.origin in _BRAND_ORIGINS),
        batch=tuple(text.body for text in turn.texts),
        facts=tuple(f for t in turn.tools if t.key.turn < turn.turn for f in t.facts),
        first_reply=turn.first_reply,
        shop_configured=brand.shop is not None,
        helpdesk_configured=brand.helpdesk is not None,
    )


def _after(
    context: TurnContext, step: ToolCalls | Rejected, tools: tuple[ToolRecord, ...]
) -> TurnContext:
    """Return the context of the next round: what was asked is answered from the record."""
    if isinstance(step, Rejected):
        update: dict[str, object] = {
            "items": (*context.items, *step.items),
            "rejections": context.rejections + 1,
        }
        return context.model_copy(update=update)
    known = {(t.tool, t.arguments): t for t in tools}
    items: list[ModelItem] = [*context.items, *step.items]
    facts = [*context.facts]
    for call in step.calls:
        found = known.get((call.name, call.arguments))
        items.append(
            ToolAnswered(call_id=call.call_id, text=found.text if found else _NOT_RECORDED)
        )
        facts += found.facts if found else ()
    return context.model_copy(
        update={
            "items": tuple(items),
            "facts": tuple(facts),
            "tool_rounds": context.tool_rounds + 1,
        }
    )


def _said(step: Step | None, usage: Usage, brand: BrandSettings, findings: tuple[str, ...]) -> Said:
    if isinstance(step, Draft):
        usage += Usage(segments_out=step.segments)
        return Said(
            reply=step.body,
            handed_over=None,
            findings=findings,
            segments=step.segments,
            cost_micros=cost_micros(usage, brand.prices),
        )
    reason = step.reason.value if isinstance(step, Escalate) else "no_answer"
    return Said(
        reply=None,
        handed_over=reason,
        findings=findings,
        segments=0,
        cost_micros=cost_micros(usage, brand.prices),
    )
