"""What a brand decides about its gate: words, audience and limits."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from domain.gate.decision import FixedText
from domain.gate.keywords import LANGUAGES, Family, Language, compliance_words
from domain.gate.normalise import brand_form, keyword_form
from domain.values import Value

Word = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]


def _checked_words(field: str, words: tuple[str, ...]) -> tuple[str, ...]:
    reserved = compliance_words()
    for word in words:
        if not brand_form(word):
            msg = f'keywords.{field}: "{word}" holds no letter, digit or emoji: choose another word'
            raise ValueError(msg)
        if keyword_form(word) in reserved:
            msg = (
                f'keywords.{field}: "{word}" is a compliance keyword and keeps its legal meaning: '
                "choose another word"
            )
            raise ValueError(msg)
    return words


class ExtraKeywords(Value):
    """Further compliance words of one brand, beside the built-in ones."""

    stop: tuple[Word, ...] = ()
    help: tuple[Word, ...] = ()
    start: tuple[Word, ...] = ()


class KeywordSettings(Value):
    """The brand's own words; a text that equals one never reaches the agent.

    Attributes:
        subscribe: Words that opt the contact in.
        unsubscribe: Words that opt the contact out.
        automations: Words owned by a keyword automation of the marketing platform.
        extra: Further compliance words, for every language of the brand.
    """

    subscribe: tuple[Word, ...] = ()
    unsubscribe: tuple[Word, ...] = ()
    automations: tuple[Word, ...] = ()
    extra: ExtraKeywords = ExtraKeywords()

    @model_validator(mode="after")
    def _words_mean_one_thing(self) -> Self:
        owners: dict[str, str] = {}
        for field, words in (
            ("subscribe", self.subscribe),
            ("unsubscribe", self.unsubscribe),
            ("automations", self.automations),
        ):
            for word in _checked_words(field, words):
                owner = owners.setdefault(brand_form(word), field)
                if owner != field:
                    msg = (
                        f'keywords.{field}: "{word}" is in keywords.{owner} too: '
                        "remove it from one of them"
                    )
                    raise ValueError(msg)
        self._extra_words_are_free(owners)
        return self

    def _extra_words_are_free(self, owners: dict[str, str]) -> None:
        seen = dict(owners)
        for family in Family:
            for word in getattr(self.extra, family.value):
                field = f"extra.{family.value}"
                _checked_words(field, (word,))
                owner = seen.setdefault(keyword_form(word), field)
                if owner != field:
                    msg = (
                        f'keywords.{field}: "{word}" is in keywords.{owner} too: '
                        "remove it from one of them"
                    )
                    raise ValueError(msg)


class AudienceMode(StrEnum):
    """Who the agent talks to."""

    ALL = "all"
    ONLY_SEGMENTS = "only_segments"
    EXCEPT_SEGMENTS = "except_segments"


class IneligibleAction(StrEnum):
    """What a person outside the audience gets."""

    SILENCE = "silence"
    FIXED_TEXT = "fixed_text"
    HELPDESK = "helpdesk"


class AudienceSettings(Value):
    """Who may talk to the agent.

    Attributes:
        mode: Everyone, only the segments, or all but the segments.
        segments: Segment names the mode speaks of.
        require_keyword: A conversation starts only with a text that holds one; it continues freely.
        exclude_keyword: A text that holds one goes straight to the helpdesk.
        ineligible: What a person outside the audience gets.
        ineligible_text: The words, required for `fixed_text`.
        on_unknown_membership: How a person counts while segment membership cannot be read.
    """

    mode: AudienceMode = AudienceMode.ALL
    segments: tuple[str, ...] = ()
    require_keyword: tuple[Word, ...] = ()
    exclude_keyword: tuple[Word, ...] = ()
    ineligible: IneligibleAction = IneligibleAction.HELPDESK
    ineligible_text: str | None = Field(default=None, max_length=320)
    on_unknown_membership: Literal["eligible", "ineligible"] = "eligible"

    @field_validator("require_keyword", "exclude_keyword")
    @classmethod
    def _words_can_be_seen(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        for word in words:
            if not brand_form(word):
                msg = f'"{word}" holds no letter, digit or emoji: choose another word'
                raise ValueError(msg)
        return words

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.mode is not AudienceMode.ALL and not self.segments:
            msg = f"audience.segments is empty but audience.mode is {self.mode}: name a segment"
            raise ValueError(msg)
        if self.ineligible is IneligibleAction.FIXED_TEXT and not self.ineligible_text:
            msg = "audience.ineligible_text is required when audience.ineligible is fixed_text"
            raise ValueError(msg)
        return self


class GateLimits(Value):
    """Limits that end loops with other machines.

    Attributes:
        replies_per_10_minutes: Agent replies to one contact in ten minutes.
        replies_per_24_hours: Agent replies to one contact in a day.
        identical_texts: The same text this often in a row is a machine; it is muted.

    Source: sms.md 6.5.
    """

    replies_per_10_minutes: int = Field(default=6, ge=1, le=30)
    replies_per_24_hours: int = Field(default=20, ge=1, le=200)
    identical_texts: int = Field(default=3, ge=2, le=10)


class DisclosureSettings(Value):
    """When the agent says what it is; the wording is `voice.disclosure` of the brand.

    Attributes:
        first_reply: Say it in the first reply of a conversation. The lawful default is yes.
        repeat_after_hours: Say it again after this much silence.

    Source: sms.md 4.8. Asked directly, the agent always tells the truth; no setting changes that.
    """

    first_reply: bool = True
    repeat_after_hours: int = Field(default=24, ge=1, le=24 * 30)


class GateSettings(Value):
    """Everything a brand decides about who is answered.

    Attributes:
        languages: Languages whose compliance keywords count; English always does.
        keywords: The brand's own words.
        audience: Who may talk to the agent.
        limits: What ends a loop.
        keyword_replies: Who sends the confirmation of STOP, HELP and START; never both.
        disclosure: When the agent says what it is.
        fixed_texts: The brand's wording of fixed answers; the rest come from `gate/texts.py`.
    """

    languages: tuple[Language, ...] = LANGUAGES
    keywords: KeywordSettings = KeywordSettings()
    audience: AudienceSettings = AudienceSettings()
    limits: GateLimits = GateLimits()
    keyword_replies: Literal["provider", "ours"] = "provider"
    disclosure: DisclosureSettings = DisclosureSettings()
    fixed_texts: dict[FixedText, str] = Field(default_factory=dict)
