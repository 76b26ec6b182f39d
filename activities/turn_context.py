"""Gathering what one step of a turn is decided on, from the store."""

from datetime import timedelta

from pydantic import TypeAdapter

from activities.messages import TakeTurn
from activities.ports import Adapters, Clock
from agent.context import TurnContext
from agent.outcome import Rejected, Step, ToolCalls
from domain.facts import Fact
from domain.message import MessageOrigin, TranscriptLine
from domain.values import Value
from providers.llm.base import ModelItem, ToolAnswered
from store.base import BrandStore, ConversationStore
from store.records import MessageText
from store.turn_base import TurnStore
from store.turn_records import ToolRecord

STEP: TypeAdapter[Step] = TypeAdapter(Step)
_LOOK_BACK = timedelta(hours=72)
_LINES = 40
_BRAND_TEXTS_FOR = timedelta(hours=48)
_BRAND_ORIGINS = (MessageOrigin.CAMPAIGN, MessageOrigin.AUTOMATION)
_UNAVAILABLE = (
    '{"error":"unavailable","say":"The lookup failed. Say honestly that you cannot see it right '
    'now, or escalate."}'
)


class Gathered(Value):
    """The context of a step, and the texts it answers."""

    context: TurnContext
    texts: tuple[MessageText, ...]
    transcript: tuple[TranscriptLine, ...]


class TurnContexts:
    """Gathers contexts.

    Args:
        brands: Settings.
        conversations: Texts.
        turns: What was said within turns.
        adapters: Which abilities are connected.
        clock: The present.
    """

    def __init__(
        self,
        brands: BrandStore,
        conversations: ConversationStore,
        turns: TurnStore,
        adapters: Adapters,
        clock: Clock,
    ) -> None:
        self._brands = brands
        self._conversations = conversations
        self._turns = turns
        self._adapters = adapters
        self._clock = clock

    def gather(self, request: TakeTurn) -> Gathered:
        """Return everything one step is decided on; stamps the texts with the turn."""
        now = self._clock()
        settings = self._brands.settings(request.brand, request.settings_version).settings
        texts = self._conversations.claim_messages(
            request.brand, request.conversation_id, request.turn, request.message_ids
        )
        transcript = self._conversations.transcript(
            request.brand, request.contact_id, now - _LOOK_BACK, _LINES
        )
        tools = self._turns.tool_results(request.brand, request.conversation_id)
        steps = tuple(
            STEP.validate_json(s.outcome)
            for s in self._turns.steps(
                request.brand, request.conversation_id, request.turn, request.attempt
            )
        )
        context = TurnContext(
            brand=settings,
            conversation_id=request.conversation_id,
            model=self._adapters.model(settings)[1],
            now=now,
            transcript=_before(transcript, texts),
            brand_texts=tuple(
                line.body
                for line in transcript
                if line.origin in _BRAND_ORIGINS and line.at >= now - _BRAND_TEXTS_FOR
            ),
            batch=tuple(t.body for t in texts),
            items=_items(steps, tools, request),
            facts=_facts(tools),
            first_reply=request.first_reply,
            rejections=sum(isinstance(s, Rejected) for s in steps),
            tool_rounds=sum(isinstance(s, ToolCalls) for s in steps),
            shop_configured=settings.shop is not None,
            helpdesk_configured=settings.helpdesk is not None,
        )
        return Gathered(context=context, texts=texts, transcript=transcript)


def _before(
    transcript: tuple[TranscriptLine, ...], texts: tuple[MessageText, ...]
) -> tuple[TranscriptLine, ...]:
    """Return the lines before this turn: its own texts, and later ones, are not among them.

    Nor is an earlier text that is late on its way to the conversation: it gets a turn of its own,
    and would be answered twice.
    """
    mine = {t.message_id for t in texts}
    newest = max((t.received_at for t in texts), default=None)
    return tuple(
        line
        for line in transcript
        if line.message_id not in mine
        and not line.on_its_way
        and not (line.origin is None and newest is not None and line.at > newest)
    )


def _items(
    steps: tuple[Step, ...], tools: tuple[ToolRecord, ...], request: TakeTurn
) -> tuple[ModelItem, ...]:
    """Return what the model asked and was told in this attempt, in order.

    A call without a stored answer failed for good; the model is told so, because every call must
    be answered before it goes on.
    """
    answers = {
        (t.key.step, t.call_id): t.text
        for t in tools
        if (t.key.turn, t.key.attempt) == (request.turn, request.attempt)
    }
    items: list[ModelItem] = []
    for number, step in enumerate(steps):
        if not isinstance(step, ToolCalls | Rejected):
            continue
        items.extend(step.items)
        if isinstance(step, ToolCalls):
            items.extend(
                ToolAnswered(
                    call_id=call.call_id,
                    text=answers.get((number, call.call_id), _UNAVAILABLE),
                )
                for call in step.calls
            )
    return tuple(items)


def _facts(tools: tuple[ToolRecord, ...]) -> tuple[Fact, ...]:
    return tuple(fact for tool in tools for fact in tool.facts)
