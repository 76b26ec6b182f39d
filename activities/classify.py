"""Settling what the rules left in doubt: the words by a model, the audience by segments."""

import asyncio
from datetime import timedelta

from temporalio import activity

from activities.audience import AudienceReader
from activities.beat import beating
from activities.failures import translated
from activities.messages import Classified, ClassifyInbound
from activities.ports import Adapters, Clock
from activities.spending import SpendGovernor
from activities.turns import paid_step
from agent.classification import Classification, parse_classification
from agent.prompt import build_classification_request
from agent.verdict import verdict_of
from domain.brand import BrandSettings
from domain.errors import RuleBroken
from domain.gate.decision import Decision, Doubt
from domain.gate.membership import decide_with_membership
from domain.gate.model import (
    ModelVerdict,
    decide_after_model,
    decide_without_model,
)
from domain.handover import Handover, decide_handover, escalation_reason
from store.base import BrandStore, ConversationStore
from store.turn_base import TurnStore
from store.turn_records import TurnKey

_LOOK_BACK = timedelta(hours=72)


class ClassifyActivities:
    """The gate's second layer.

    Args:
        stores: Brands, conversations, turns.
        audience: Reads a contact's segments.
        governor: Says whether the call may be paid for.
        adapters: Models.
        clock: The present.
    """

    def __init__(
        self,
        stores: tuple[BrandStore, ConversationStore, TurnStore],
        audience: AudienceReader,
        governor: SpendGovernor,
        adapters: Adapters,
        clock: Clock,
    ) -> None:
        self._brands, self._conversations, self._turns = stores
        self._audience = audience
        self._governor = governor
        self._adapters = adapters
        self._clock = clock

    @activity.defn(name="classify_inbound")
    async def classify_inbound(self, request: ClassifyInbound) -> Classified:
        """Settle the rules' doubt, and do what the verdict entails.

        The model settles what the words mean; whether the contact belongs to the audience, the
        segments do. When either cannot be reached the workflow asks again without them: no text
        waits on a model to be opted out. At a spend cap the rules decide alone.
        """
        async with beating():
            with translated():
                body, decision = await asyncio.to_thread(self._doubtful, request)
                if decision.doubt is not None:
                    decision = await self._settle(request, body, decision)
                notice = await asyncio.to_thread(
                    self._conversations.record_decision,
                    request.brand,
                    request.message_id,
                    decision,
                    self._clock(),
                )
        handover = decide_handover(decision)
        return Classified(
            handover=handover,
            label=decision.label.value,
            reason=decision.reason,
            notice_id=notice,
            escalation=escalation_reason(decision.label) if handover is Handover.HANDOFF else None,
        )

    async def _settle(self, request: ClassifyInbound, body: str, decision: Decision) -> Decision:
        if decision.doubt is not Doubt.MEMBERSHIP:
            decision = await self._settle_words(request, body, decision)
        if not decision.membership_open:
            return decision
        # The audience is that of the moment the text came, not of the conversation's beginning.
        settings = (await asyncio.to_thread(self._brands.settings, request.brand)).settings
        segments = await self._audience.segments_of(request, settings, ask=request.ask_model)
        return decide_with_membership(decision, segments, settings.gate)

    async def _settle_words(
        self, request: ClassifyInbound, body: str, decision: Decision
    ) -> Decision:
        if not request.ask_model:
            return decide_without_model(decision)
        found = await asyncio.to_thread(
            self._brands.settings, request.brand, request.settings_version
        )
        verdict = await self._ask(request, body, found.settings)
        if verdict is None:
            return decide_without_model(decision, "A spend cap is reached")
        return decide_after_model(decision, verdict, found.settings.gate)

    async def _ask(
        self, request: ClassifyInbound, body: str, settings: BrandSettings
    ) -> ModelVerdict | None:
        """Ask the model, once; None when the brand does not want to pay for it any more."""
        key = TurnKey(conversation_id=request.conversation_id, turn=0, attempt=request.seq, step=0)
        stored = await asyncio.to_thread(self._turns.step, request.brand, key)
        if stored is not None:
            return verdict_of(Classification.model_validate_json(stored.outcome))
        spend = await asyncio.to_thread(self._governor.check, request, settings)
        if spend.exceeded is not None:
            return None
        last = await asyncio.to_thread(self._last_outbound, request)
        model, name = self._adapters.model(settings)
        reply = await model.complete(
            build_classification_request(body, last, settings, name, request.conversation_id)
        )
        found = parse_classification(reply)
        record = paid_step(key, found.model_dump_json(), reply)
        await asyncio.to_thread(self._turns.save_step, request.brand, record, self._clock())
        return verdict_of(found)

    def _doubtful(self, request: ClassifyInbound) -> tuple[str, Decision]:
        found = self._conversations.decision(request.brand, request.message_id)
        if found is None:
            msg = f"brand {request.brand} has no message {request.message_id}"
            raise RuleBroken(msg)
        return found

    def _last_outbound(self, request: ClassifyInbound) -> str | None:
        lines = self._conversations.transcript(
            request.brand, request.contact_id, self._clock() - _LOOK_BACK, 10
        )
        return next((line.body for line in reversed(lines) if line.origin is not None), None)
