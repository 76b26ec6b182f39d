"""Model calls: one step of a turn, one doubtful text, one silent conversation."""

import asyncio
from datetime import timedelta

from temporalio import activity

from activities.beat import beating
from activities.failures import translated
from activities.messages import PlannedCall, TakeTurn, TurnStep
from activities.ports import Adapters, Clock
from activities.spending import SpendGovernor
from activities.turn_context import STEP, Gathered, TurnContexts
from activities.upkeep_messages import Judged, JudgeResolution
from agent.outcome import Draft, Escalate, Rejected, Step, ToolCalls
from agent.progress import says_something_new
from agent.prompt import build_request, build_resolution_request
from agent.resolution import parse_resolution
from agent.step import decide_step
from agent.tools.registry import TOOLS
from domain.brand import BrandSettings
from domain.escalation import EscalationReason
from domain.message import MessageOrigin, TranscriptLine
from domain.spend import SpendScope
from providers.llm.base import ModelReply
from store.base import BrandStore, ConversationStore
from store.turn_base import TurnStore
from store.turn_records import StepRecord, TurnKey

_JUDGED_LINES = 20
# The text that opened the conversation was received a moment before it was opened.
_BEFORE_OPENING = timedelta(minutes=5)


class TurnActivities:
    """Activities that call the model.

    Args:
        contexts: Gathers what a step is decided on.
        brands: Settings.
        conversations: Texts.
        turns: Paid steps.
        governor: Says whether the next call may be paid for.
        adapters: Models.
        clock: The present.
    """

    def __init__(
        self,
        contexts: TurnContexts,
        stores: tuple[BrandStore, ConversationStore, TurnStore],
        governor: SpendGovernor,
        adapters: Adapters,
        clock: Clock,
    ) -> None:
        self._contexts = contexts
        self._governor = governor
        self._brands, self._conversations, self._turns = stores
        self._adapters = adapters
        self._clock = clock

    @activity.defn(name="take_turn")
    async def take_turn(self, request: TakeTurn) -> TurnStep:
        """Call the model once and check what it says; a stored step is not paid for again."""
        key = TurnKey(
            conversation_id=request.conversation_id,
            turn=request.turn,
            attempt=request.attempt,
            step=request.step,
        )
        async with beating():
            with translated():
                gathered = await asyncio.to_thread(self._contexts.gather, request)
                if not gathered.texts:
                    return TurnStep(kind="settled")  # another conversation has taken them
                stored = await asyncio.to_thread(self._turns.step, request.brand, key)
                if stored is not None:
                    return _told(STEP.validate_json(stored.outcome), gathered)
                brand = gathered.context.brand
                spend = await asyncio.to_thread(self._governor.check, request, brand)
                if spend.exceeded is not None:
                    return _capped(spend.exceeded)
                model, _name = self._adapters.model(brand)
                reply = await model.complete(build_request(gathered.context))
                step = decide_step(reply, gathered.context)
                record = paid_step(key, STEP.dump_json(step).decode(), reply)
                await asyncio.to_thread(self._turns.save_step, request.brand, record, self._clock())
                return _told(step, gathered)

    @activity.defn(name="judge_resolution")
    async def judge_resolution(self, request: JudgeResolution) -> Judged:
        """Ask the model whether a conversation that fell silent was resolved."""
        key = TurnKey(conversation_id=request.conversation_id, turn=0, attempt=0, step=request.turn)
        async with beating():
            with translated():
                stored = await asyncio.to_thread(self._turns.step, request.brand, key)
                if stored is not None:
                    return Judged.model_validate_json(stored.outcome)
                lines, settings = await asyncio.to_thread(self._judged, request)
                spend = await asyncio.to_thread(self._governor.check, request, settings)
                if spend.exceeded is not None:
                    return Judged(verified=False, reason="a spend cap is reached; nobody was asked")
                model, name = self._adapters.model(settings)
                reply = await model.complete(
                    build_resolution_request(lines, settings, name, request.conversation_id)
                )
                found = parse_resolution(reply)
                verdict = Judged(verified=found.resolved, reason=found.reason)
                record = paid_step(key, verdict.model_dump_json(), reply)
                await asyncio.to_thread(self._turns.save_step, request.brand, record, self._clock())
                return verdict

    def _judged(self, request: JudgeResolution) -> tuple[tuple[TranscriptLine, ...], BrandSettings]:
        settings = self._brands.settings(request.brand, request.settings_version).settings
        summary = self._conversations.summary(request.brand, request.conversation_id)
        since = summary.opened_at - _BEFORE_OPENING if summary else self._clock()
        lines = self._conversations.transcript(
            request.brand, request.contact_id, since, _JUDGED_LINES
        )
        return lines, settings


def _capped(scope: SpendScope) -> TurnStep:
    return TurnStep(
        kind="escalate",
        escalation=EscalationReason.SPEND_CAP,
        summary=f"The cap on spend is reached ({scope.value}); the model was not asked.",
    )


def paid_step(key: TurnKey, outcome: str, reply: ModelReply) -> StepRecord:
    """Return the record of one paid model call."""
    return StepRecord(
        key=key,
        outcome=outcome,
        model=reply.model,
        input_tokens=reply.input_tokens,
        cached_tokens=reply.cached_tokens,
        output_tokens=reply.output_tokens,
    )


def _told(step: Step, gathered: Gathered) -> TurnStep:
    """Return what the workflow needs of a step; the rest stays in the store."""
    match step:
        case ToolCalls():
            return TurnStep(kind="tools", intent=step.intent, calls=_planned(step))
        case Draft():
            earlier = [
                line.body for line in gathered.transcript if line.origin is MessageOrigin.AGENT
            ]
            return TurnStep(
                kind="draft",
                intent=step.intent,
                body=step.body,
                segments=step.segments,
                progress=says_something_new(step.body, earlier),
            )
        case Rejected():
            return TurnStep(kind="rejected", reason=step.code)
        case Escalate():
            return TurnStep(
                kind="escalate", intent=step.intent, escalation=step.reason, summary=step.summary
            )


def _planned(step: ToolCalls) -> tuple[PlannedCall, ...]:
    tools = [(call, TOOLS[call.name]) for call in step.calls]
    return tuple(
        PlannedCall(call_id=call.call_id, activity=tool.activity, writes=tool.writes)
        for call, tool in tools
        if tool.activity is not None
    )
