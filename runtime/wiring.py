"""The composition root: builds what a process needs out of settings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from activities.audience import AudienceReader
from activities.bookkeeping import BookkeepingActivities
from activities.business_events import BusinessEvents
from activities.chases import ChaseActivities
from activities.classify import ClassifyActivities
from activities.opt_outs import OptOutActivities
from activities.outgoing import OutgoingTexts
from activities.ports import Dispatcher
from activities.publish import PublishActivities
from activities.sends import SendActivities
from activities.spending import SpendGovernor
from activities.sweep import SweepActivities
from activities.tickets import TicketActivities
from activities.tools import ToolActivities
from activities.turn_context import TurnContexts
from activities.turns import TurnActivities
from domain.brand import BrandSettings
from domain.gate.context import GateContext
from domain.gate.decision import Decision
from domain.gate.rules import decide
from domain.message import InboundMessage
from providers.http_client import open_http
from runtime.adapters import BrandAdapters, present
from runtime.settings import Settings
from store.audit import SqlAuditStore
from store.audit_base import AuditStore
from store.brands import SettingsReader, SqlBrandStore
from store.consents import SqlConsentStore
from store.conversations import SqlConversationStore
from store.engine import Database, open_database
from store.events import SqlEventStore
from store.inbound import SqlInboundStore
from store.membership_base import MembershipStore
from store.memberships import SqlMembershipStore
from store.operator_base import ConsentStore, OperatorStore
from store.operators import SqlOperatorStore
from store.outbox import SqlOutboxStore
from store.rebuild import SqlRebuildStore
from store.rebuild_base import RebuildStore
from store.records import Ingested
from store.spending import SqlSpendingStore
from store.turns import SqlTurnStore

Activity = Callable[..., Any]


@dataclass(frozen=True)
class Runtime:
    """What a process works with; close it at the end."""

    settings: Settings
    database: Database
    brands: SqlBrandStore
    inbound: SqlInboundStore
    conversations: SqlConversationStore
    turns: SqlTurnStore
    outbox: SqlOutboxStore
    operators: OperatorStore
    consents: ConsentStore
    events: SqlEventStore
    spending: SqlSpendingStore
    memberships: MembershipStore
    audit: AuditStore
    rebuilds: RebuildStore
    http: httpx.AsyncClient
    adapters: BrandAdapters

    def ingest(self, message: InboundMessage) -> Ingested:
        """Commit one text with the gate's decision.

        Raises:
            UnknownNumber: No brand has the number texted.
            StoreUnavailable: Nothing was committed.
        """
        return self.inbound.ingest(message, decide_by_rules, present())

    async def close(self) -> None:
        """Close connections."""
        await self.http.aclose()
        self.database.close()


def decide_by_rules(text: str, context: GateContext, brand: BrandSettings) -> Decision:
    """Run the gate's rule layer with a brand's settings."""
    return decide(text, context, brand.gate)


def build_runtime(settings: Settings) -> Runtime:
    """Build the stores and adapters of a process; nothing is contacted yet."""
    database = open_database(settings.database)
    reader = SettingsReader()
    http = open_http()
    return Runtime(
        settings=settings,
        database=database,
        brands=SqlBrandStore(database, reader),
        inbound=SqlInboundStore(database, reader),
        conversations=SqlConversationStore(database, reader),
        turns=SqlTurnStore(database),
        outbox=SqlOutboxStore(database),
        operators=SqlOperatorStore(database),
        consents=SqlConsentStore(database),
        events=SqlEventStore(database),
        spending=SqlSpendingStore(database),
        memberships=SqlMembershipStore(database),
        audit=SqlAuditStore(database),
        rebuilds=SqlRebuildStore(database),
        http=http,
        adapters=BrandAdapters(settings, http),
    )


def conversation_activities(runtime: Runtime, dispatcher: Dispatcher) -> Sequence[Activity]:
    """Return the activities of the `conversations` queue."""
    stores = (runtime.brands, runtime.conversations, runtime.turns)
    events = BusinessEvents(runtime.conversations, runtime.events, present)
    books = BookkeepingActivities(runtime.brands, runtime.conversations, events, present)
    tools = ToolActivities(stores, runtime.adapters, present)
    sends = send_activities(runtime, events)
    opt_outs = OptOutActivities(
        runtime.brands, runtime.consents, runtime.outbox, runtime.adapters, present
    )
    publish = PublishActivities(runtime.brands, runtime.events, runtime.adapters, present)
    sweep = SweepActivities(
        (runtime.brands, runtime.inbound, runtime.outbox),
        runtime.ingest,
        dispatcher,
        (sends, publish),
        runtime.adapters,
        present,
    )
    return [
        books.open_conversation,
        books.begin_handoff,
        books.record_status,
        books.review_return,
        tools.find_orders,
        tools.get_order,
        tools.search_products,
        tools.search_knowledge,
        sends.send_reply,
        sends.send_notice,
        sends.reconcile_send,
        *_handoff_activities(runtime),
        publish.publish_event,
        opt_outs.push_opt_out,
        sweep.sweep,
    ]


def send_activities(runtime: Runtime, events: BusinessEvents) -> SendActivities:
    """Return what sends texts, and looks for those of unknown outcome."""
    texts = OutgoingTexts(runtime.brands, runtime.conversations, runtime.turns, present)
    return SendActivities(
        runtime.outbox, runtime.conversations, events, texts, runtime.adapters, present
    )


def _handoff_activities(runtime: Runtime) -> Sequence[Activity]:
    stores = (runtime.brands, runtime.conversations, runtime.turns)
    tickets = TicketActivities(stores, runtime.adapters, present)
    chases = ChaseActivities(runtime.brands, runtime.conversations, runtime.adapters)
    return [
        tickets.open_ticket,
        tickets.append_to_ticket,
        chases.chase_escalation,
        chases.add_ticket_note,
    ]


def model_activities(runtime: Runtime) -> Sequence[Activity]:
    """Return the activities of the `model` queue."""
    stores = (runtime.brands, runtime.conversations, runtime.turns)
    contexts = TurnContexts(*stores, runtime.adapters, present)
    governor = SpendGovernor(runtime.spending, present)
    turns = TurnActivities(contexts, stores, governor, runtime.adapters, present)
    audience = AudienceReader(runtime.conversations, runtime.memberships, runtime.adapters, present)
    classify = ClassifyActivities(stores, audience, governor, runtime.adapters, present)
    return [turns.take_turn, turns.judge_resolution, classify.classify_inbound]
