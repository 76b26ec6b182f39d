"""The gate's verdict on one inbound text, and the closed sets it is written in."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from domain.values import Recorded


class Disposition(StrEnum):
    """What happens to the text."""

    ANSWER = "answer"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    HELP = "help"
    AUTOMATION = "automation"
    HELPDESK = "helpdesk"
    IGNORE = "ignore"


class Layer(StrEnum):
    """Who decided."""

    KEYWORD = "keyword"
    RULE = "rule"
    MODEL = "model"


MISREADABLE = (Layer.RULE.value, Layer.MODEL.value)
"""Layers whose opt-outs may be mistaken; of a keyword there is nothing to read wrongly."""


class Label(StrEnum):
    """What the text is; the reason code of silence, reports and the decision row."""

    STOP_KEYWORD = "stop_keyword"
    HELP_KEYWORD = "help_keyword"
    START_KEYWORD = "start_keyword"
    SUBSCRIBE_KEYWORD = "subscribe_keyword"
    UNSUBSCRIBE_KEYWORD = "unsubscribe_keyword"
    KEYWORD_AUTOMATION = "keyword_automation"
    RESUBSCRIBE_ANSWER = "resubscribe_answer"
    OPT_OUT_INTENT = "opt_out_intent"
    OPT_OUT_MARKETING = "opt_out_marketing"
    OPT_OUT_WITH_QUESTION = "opt_out_with_question"
    OPT_OUT_UNCERTAIN = "opt_out_uncertain"
    WRONG_NUMBER = "wrong_number"
    LEGAL_THREAT = "legal_threat"
    TAPBACK = "tapback"
    TAPBACK_ANSWER = "tapback_answer"
    DEVICE_AUTO_REPLY = "device_auto_reply"
    CARRIER_NOTICE = "carrier_notice"
    EMPTY = "empty"
    MEDIA_ONLY = "media_only"
    EMOJI_ONLY = "emoji_only"
    THANKS = "thanks"
    ACKNOWLEDGEMENT = "acknowledgement"
    GIBBERISH = "gibberish"
    LINK_ONLY = "link_only"
    SPAM = "spam"
    OTHER_BRAND_BLAST = "other_brand_blast"
    VERIFICATION_CODE = "verification_code"
    LOOP = "loop"
    RATE_LIMITED = "rate_limited"
    SENDER_CANNOT_BE_ANSWERED = "sender_cannot_be_answered"
    SUPPRESSED = "suppressed"
    HANDED_OFF = "handed_off"
    EXCLUDED_KEYWORD = "excluded_keyword"
    INELIGIBLE = "ineligible"
    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    UNDER_13 = "under_13"
    ABUSE = "abuse"
    HUMAN_REQUEST = "human_request"
    BOT_QUESTION = "bot_question"
    WHO_IS_THIS = "who_is_this"
    BARRED_TOPIC = "barred_topic"
    ANSWER_TO_AGENT = "answer_to_agent"
    QUESTION = "question"


class Doubt(StrEnum):
    """What rules could not settle: the model is asked, about membership the segments' source."""

    OPT_OUT = "opt_out"
    NOISE = "noise"
    SPAM = "spam"
    BARRED_TOPIC = "barred_topic"
    MEMBERSHIP = "membership"


class FixedText(StrEnum):
    """A text of the brand that is sent word for word, without a model."""

    STOP_CONFIRMATION = "stop_confirmation"
    HELP = "help"
    START_CONFIRMATION = "start_confirmation"
    INELIGIBLE = "ineligible"
    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    WHO_IS_THIS = "who_is_this"
    BOT_DISCLOSURE = "bot_disclosure"
    BARRED_TOPIC = "barred_topic"
    MEDIA_ONLY = "media_only"
    CARD_WARNING = "card_warning"


class Decision(Recorded):
    """The gate's recorded verdict on one inbound text.

    Attributes:
        disposition: What happens to the text.
        label: What the text is.
        reason: One sentence for an operator; never holds words of the customer.
        layer: Who decided.
        score: Confidence in the label, 0 to 1.
        rule: Stable id of the rule, or of the model step.
        doubt: Set when somebody is to be asked; the disposition is then the fallback.
        membership_open: The contact's segments are still to be read; the rest holds for members.
        scope: How far an opt-out reaches; None when the text is not one. `marketing` on another
            disposition asks that marketing be suppressed until a human has looked.
        fixed_text: The fixed answer that goes out, if any.
        urgent: A human is alerted at once.
        language: ISO 639-1 code of the words that matched, None when none did.
    """

    disposition: Disposition
    label: Label
    reason: str
    layer: Layer
    score: float = Field(ge=0, le=1)
    rule: str
    doubt: Doubt | None = None
    membership_open: bool = False
    scope: Literal["all", "marketing"] | None = None
    fixed_text: FixedText | None = None
    urgent: bool = False
    language: str | None = None
