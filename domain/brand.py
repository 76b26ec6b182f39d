"""A brand's settings: one model, stored as immutable versions, read and written as YAML."""

from collections import Counter
from datetime import timedelta
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ConfigDict, Field, StringConstraints, field_validator, model_validator

from domain.brand_accounts import (
    HelpdeskSettings,
    MarketingSettings,
    ModelSettings,
    Sender,
    ShopSettings,
)
from domain.brand_conduct import HandoffSettings, Limits, SpendSettings, Timers, VoiceSettings
from domain.conversation import ConversationPolicy
from domain.escalation import HandoffMode
from domain.gate.activation import ActivationRefused, check_category
from domain.gate.settings import GateSettings
from domain.knowledge import Article
from domain.money import PriceTable
from domain.values import Value

BrandId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""Lower-case slug; part of workflow ids, so neither "/" nor ":"."""


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

    @field_validator("time_zone")
    @classmethod
    def _is_a_time_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: "America" alone
            msg = "is no IANA time zone: write one as in America/New_York"
            raise ValueError(msg) from error
        return value

    @field_validator("category")
    @classmethod
    def _is_allowed(cls, value: str) -> str:
        try:
            check_category(value)
        except ActivationRefused as error:
            raise ValueError(str(error)) from error
        return value


class BrandSettings(Value):
    """Everything a brand decides.

    Source: design section 10. Secrets are references, so that a version can be shown to anyone;
    errors repeat no value, because a secret may stand where its reference belongs.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

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
    def _names_each_once(self) -> Self:
        for field, names in (
            ("senders", [sender.number for sender in self.senders]),
            ("knowledge", [article.id for article in self.knowledge]),
        ):
            twice = [name for name, times in Counter(names).items() if times > 1]
            if twice:
                msg = f"{field}: {', '.join(twice)} is there twice: keep one"
                raise ValueError(msg)
        return self

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
        chase_hours = self.timers.chase_after_hours
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
            chase_after=None if chase_hours is None else timedelta(hours=chase_hours),
        )
