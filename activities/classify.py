"""Asking the model about a text that the rules left in doubt."""

import asyncio
from datetime import timedelta

from temporalio import activity

from activities.beat import beating
from activities.failures import translated
from activities.messages import Classified, ClassifyInbound
from activities.ports import Adapters, Clock
from activities.turns import paid_step
from agent.classification import Classification, parse_classification
from agent.prompt import build_classification_request
from domain.gate.decision import Decision
from domain.gate.model import ModelVerdict, decide_after_model
from domain.handover import decide_handover, escalation_reason
from providers.llm.base import LanguageModel, ModelReply, ModelRequest
from store.base import BrandStore, ConversationStore, TurnKey, TurnStore
from store.records import Doubtful

_LOOK_BACK = timedelta(hours=72)


class ClassifyActivities:
    """The gate's second layer.

    Args:
        stores: Brands, conversations, turns.
        adapters: Models.
        clock: The present.
    """

    def __init__(
        self,
        stores: tuple[BrandStore, ConversationStore, TurnStore],
        adapters: Adapters,
        clock: Clock,
    ) -> None:
        self._brands, self._conversations, self._turns = stores
        self._adapters = adapters
        self._clock = clock
