"""A brand's settings: one model, stored as immutable versions, read and written as YAML."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from domain.conversation import ConversationPolicy
from domain.escalation import HandoffMode
from domain.gate.activation import ActivationRefused, check_category
from domain.gate.settings import GateSettings
from domain.knowledge import Article
from domain.money import PriceTable
from domain.phone import E164
from domain.segments import count_segments, normalise
from domain.values import Value

BrandId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""Lower-case slug; part of workflow ids, so neither "/" nor ":"."""

SecretRef = Annotated[str, StringConstraints(pattern=r"^env:[A-Z][A-Z0-9_]*$")]
"""Where a secret or an installation's address is found: "env:NAME". Never the value itself."""


class Identity(Value):
    """Who the brand is.

    Attributes:
        name: As customers know it.
        category: What it sells; barred categories cannot go live.
        time_zone: IANA name, for times in tickets and promises.
        help_contact: Address or phone number in the HELP text.
        link_domains: Hosts that replies may link to, beside the shop's and the carriers'.
    """

    name: str = Field(min_length=1, max_length=40)
    category: str
    time_zone: str = "America/New_York"
    help_contact: str
    link_domains: tuple[str, ...] = ()

    @field_validator("category")
    @classmethod
    def _is_allowed(cls, value: str) -> str:
        try:
            check_category(value)
        except ActivationRefused as error:
            raise ValueError(str(error)) from error
        return value


class Registration(StrEnum):
    """What carriers know of a sender; an unknown one is blocked by US carriers."""

    TEN_DLC = "10dlc"
    TOLL_FREE_VERIFIED = "toll_free_verified"
    SHORT_CODE = "short_code"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


class Sender(Value):
    """One number of the brand; the customer is always answered from the number they wrote to.

    Attributes:
        number: E.164.
        provider: Who carries its texts.
        registration: How it is registered with the carriers, as its owner states.
    """

    number: E164
    provider: str = "twilio"
    registration: Registration = Registration.UNKNOWN


class ShopSettings(Value):
    """The brand's shop.

    Attributes:
        provider: Vendor.
        shop: The vendor's name for it ("cedar-slate").
        client_id: Reference to the app's client id.
        client_secret: Reference to its secret.
    """

    provider: str = "shopify"
    shop: str
    client_id: SecretRef = "env:SHOPIFY_CLIENT_ID"
    client_secret: SecretRef = "env:SHOPIFY_CLIENT_SECRET"  # noqa: S105  (a reference)


class HelpdeskSettings(Value):
    """The brand's helpdesk.

    Attributes:
        provider: Vendor.
        url: Reference to where tickets are sent.
        secret: Reference to the signing secret.
    """

    provider: str = "generic"
    url: SecretRef = "env:HELPDESK_URL"
    secret: SecretRef = "env:HELPDESK_SECRET"  # noqa: S105  (a reference)


class EventWebhook(Value):
    """The brand's own receiver of business events, signed by Standard Webhooks."""

    url: SecretRef = "env:EVENTS_URL"
    secret: SecretRef = "env:EVENTS_SECRET"  # noqa: S105  (a reference)


class KlaviyoAccount(Value):
    """The brand's Klaviyo account."""

    api_key: SecretRef = "env:KLAVIYO_API_KEY"


class MarketingSettings(Value):
    """Who hears of conversations.

    Attributes:
        webhook: The brand's own receiver.
        klaviyo: Events and segments of Klaviyo.
        share_bodies: The first message travels in the Started event, redacted.
    """

    webhook: EventWebhook | None = None
    klaviyo: KlaviyoAccount | None = None
    share_bodies: bool = False


class ModelSettings(Value):
    """The model that answers.

    Attributes:
        adapter: `responses` for OpenAI and Azure, `chat` for compatible servers.
        name: The vendor's model name; None takes the installation's default.
        max_output_tokens: Limit of one answer.
    """

    adapter: str | None = None
    name: str | None = None
    max_output_tokens: int = Field(default=600, ge=100, le=4000)


class HandoffSettings(Value):
    """What happens when the agent stops.

    Attributes:
        mode: Ticket in the helpdesk, or the closeout message.
        human_hours: When a human answers, in words that follow "A person will reply".
        acknowledgement: Told once on a handoff; `{hours}` is replaced by `human_hours`.
        closeout: Told once when the mode is closeout.
    """

    mode: HandoffMode = HandoffMode.HELPDESK
    human_hours: str = "Mon-Fri 9am-5pm ET"
    acknowledgement: str = (
        "Thanks, I'm passing this to our team. A person will reply here ({hours})."
    )
    closeout: str | None = None

    @model_validator(mode="after")
    def _closeout_has_a_text(self) -> Self:
        if self.mode is HandoffMode.CLOSEOUT and not self.closeout:
            msg = "handoff.closeout is required when handoff.mode is closeout: write the message"
            raise ValueError(msg)
        for field, text in (
            ("acknowledgement", self.acknowledgement.replace("{hours}", self.human_hours)),
            ("closeout", self.closeout or ""),
        ):
            if count_segments(normalise(text)).segments > 1:
                msg = f"handoff.{field} is longer than one segment: shorten it"
                raise ValueError(msg)
        return self


class VoiceSettings(Value):
    """How the agent speaks.

    Attributes:
        tone: One word or short phrase.
        rules: The brand's writing rules, at most 20.
        banned_words: Words no reply may contain.
        disclosure: Put before the first reply of a conversation; `{brand}` is the brand's name.
            The law wants it in several places, so that an empty one is a decision of the brand.
    """

    tone: str = "friendly and to the point"
    rules: tuple[Annotated[str, Field(max_length=500)], ...] = Field(default=(), max_length=20)
    banned_words: tuple[str, ...] = ()
    disclosure: str = Field(default="{brand} AI assistant: ", max_length=60)


class Limits(Value):
    """Caps of one conversation.

    Attributes:
        max_segments: Hard maximum of one reply.
        max_agent_texts: Agent texts before it escalates.
        max_stalled_turns: Turns without progress before it escalates.
        max_tool_rounds: Model calls that ask for tools in one turn.
        max_supersedes: How often newer texts may restart one turn.
    """

    max_segments: int = Field(default=2, ge=1, le=4)
    max_agent_texts: int = Field(default=8, ge=1, le=50)
    max_stalled_turns: int = Field(default=2, ge=1, le=10)
    max_tool_rounds: int = Field(default=6, ge=1, le=10)
    max_supersedes: int = Field(default=3, ge=0, le=10)


class AtCap(StrEnum):
    """What happens when a cap on spend is reached; the text is kept in every case."""

    HELPDESK = "helpdesk"
    CLOSEOUT = "closeout"
    STOP = "stop"


class SpendSettings(Value):
    """Caps on what the agent may cost, in micro-units of the price table's currency.

    Attributes:
        conversation_micros: One conversation.
        contact_day_micros: One contact in one day (UTC).
        brand_month_micros: The brand in one calendar month (UTC).
        at_cap: What happens to a text above a cap.
    """

    conversation_micros: int | None = Field(default=1_000_000, ge=0)
    contact_day_micros: int | None = Field(default=2_000_000, ge=0)
    brand_month_micros: int | None = Field(default=None, ge=0)
    at_cap: AtCap = AtCap.HELPDESK


class Timers(Value):
    """Waits of one conversation, in the unit each name says."""

    burst_window_seconds: float = Field(default=3.0, ge=0, le=30)
    idle_after_hours: float = Field(default=24, gt=0, le=24 * 30)
    thanks_after_minutes: float = Field(default=10, gt=0, le=24 * 60)
    human_pause_hours: float = Field(default=24, gt=0, le=24 * 30)
    reply_window_minutes: float = Field(default=15, gt=0, le=24 * 60)


class BrandSettings(Value):
    """Everything a brand decides.

    Source: design section 10. Secrets are references, so that a version can be shown to anyone.
    """

    brand: BrandId
    identity: Identity
    senders: tuple[Sender, ...] = Field(min_length=1)
    shop: ShopSettings | None = None
    helpdesk: HelpdeskSettings | None = None
    marketing: MarketingSettings = MarketingSettings()
    model: ModelSettings = ModelSettings()
    gate: GateSettings = GateSettings()
    handoff: HandoffSettings = HandoffSettings()
    voice: VoiceSettings = VoiceSettings()
    limits: Limits = Limits()
    timers: Timers = Timers()
    prices: PriceTable = PriceTable()
    spend: SpendSettings = SpendSettings()
    knowledge: tuple[Article, ...] = ()

    @model_validator(mode="after")
    def _handoff_has_a_place(self) -> Self:
        if self.handoff.mode is HandoffMode.HELPDESK and self.helpdesk is None:
            msg = (
                "handoff.mode is helpdesk but helpdesk is missing: configure it, or set "
                "handoff.mode to closeout and write handoff.closeout"
            )
            raise ValueError(msg)
        return self

    def policy(self, version: int) -> ConversationPolicy:
        """Return the waits and caps a conversation opened now runs on.

        Args:
            version: Version of these settings in the store.
        """
        return ConversationPolicy(
            settings_version=version,
            burst_window=timedelta(seconds=self.timers.burst_window_seconds),
            idle_after=timedelta(hours=self.timers.idle_after_hours),
            thanks_after=timedelta(minutes=self.timers.thanks_after_minutes),
            human_pause=timedelta(hours=self.timers.human_pause_hours),
            max_agent_texts=self.limits.max_agent_texts,
            max_stalled_turns=self.limits.max_stalled_turns,
            max_tool_rounds=self.limits.max_tool_rounds,
            max_supersedes=self.limits.max_supersedes,
            publishes=bool(self.marketing.webhook or self.marketing.klaviyo),
        )
