"""The first steps of the gate: who cannot be answered, and words with a fixed legal meaning."""

from domain.gate.context import GateContext
from domain.gate.decision import Decision, Disposition, FixedText, Label
from domain.gate.eligibility import equals_word
from domain.gate.keywords import CANCEL_WORDS, Family, match_keyword
from domain.gate.normalise import keyword_form
from domain.gate.question import asked_about_goods
from domain.gate.settings import GateSettings
from domain.gate.verdicts import by_keyword, ignored
from domain.phone import SenderKind

_YES = frozenset("yes y yep yeah si oui ja sim".split())
_PROVIDER_WORDS = frozenset(
    "stop stopall unsubscribe cancel end quit revoke optout arret start unstop help info".split()
)
"""What a provider answers by itself (sms.md 1.8); it matches single words only."""

_SETTLED = {
    Family.STOP: (
        Disposition.OPT_OUT,
        Label.STOP_KEYWORD,
        FixedText.STOP_CONFIRMATION,
        "The whole message is a stop keyword.",
    ),
    Family.HELP: (
        Disposition.HELP,
        Label.HELP_KEYWORD,
        FixedText.HELP,
        "The whole message is a help keyword.",
    ),
    Family.START: (
        Disposition.OPT_IN,
        Label.START_KEYWORD,
        FixedText.START_CONFIRMATION,
        "The whole message is a start keyword.",
    ),
}


def check_sender(text: str, context: GateContext, settings: GateSettings) -> Decision | None:  # noqa: ARG001  (every step has one signature)
    """Ignore senders that no reply can reach."""
    if context.sender_kind is SenderKind.MOBILE_OR_FIXED:
        return None
    return ignored(
        Label.SENDER_CANNOT_BE_ANSWERED,
        f"sender.{context.sender_kind}",
        f"The sender is a {context.sender_kind.replace('_', ' ')} address; no reply can reach it.",
        1.0,
    )


def check_keyword(text: str, context: GateContext, settings: GateSettings) -> Decision | None:
    """Settle compliance keywords; CANCEL is an answer when an order was asked about."""
    form = keyword_form(text)
    flagged = (context.opt_out_type or "").casefold()
    if flagged in {"stop", "start", "help"}:
        return _settled(Family(flagged), "provider_flag", None, confirm=False)
    if context.asked_resubscribe and form in _YES:
        decision = by_keyword(
            Disposition.OPT_IN,
            Label.RESUBSCRIBE_ANSWER,
            "keyword.yes_to_resubscribe",
            "A yes to our question whether to send texts again.",
        )
        return decision.model_copy(update={"fixed_text": FixedText.START_CONFIRMATION})
    extra = settings.keywords.extra
    found = match_keyword(
        form,
        settings.languages,
        {
            Family.STOP: frozenset(map(keyword_form, extra.stop)),
            Family.HELP: frozenset(map(keyword_form, extra.help)),
            Family.START: frozenset(map(keyword_form, extra.start)),
        },
    )
    if found is None:
        return None
    family, language = found
    if form in CANCEL_WORDS and asked_about_goods(context) and not context.suppressed:
        return by_keyword(
            Disposition.ANSWER,
            Label.ANSWER_TO_AGENT,
            "keyword.cancel_as_answer",
            "A cancel word right after the agent asked about an order is the answer to it.",
        )
    theirs = settings.keyword_replies == "provider" and form in _PROVIDER_WORDS
    return _settled(family, f"{family}.{form.replace(' ', '_')}", language, confirm=not theirs)


def check_brand_words(text: str, context: GateContext, settings: GateSettings) -> Decision | None:
    """Settle the brand's own words; they never reach the agent."""
    keywords = settings.keywords
    if equals_word(text, keywords.subscribe):
        return by_keyword(
            Disposition.OPT_IN,
            Label.SUBSCRIBE_KEYWORD,
            "brand.subscribe",
            "The whole message is one of the brand's subscribe words.",
        )
    if equals_word(text, keywords.unsubscribe):
        decision = by_keyword(
            Disposition.OPT_OUT,
            Label.UNSUBSCRIBE_KEYWORD,
            "brand.unsubscribe",
            "The whole message is one of the brand's unsubscribe words.",
        )
        return decision.model_copy(update={"fixed_text": FixedText.STOP_CONFIRMATION})
    if not context.suppressed and equals_word(text, keywords.automations):
        return by_keyword(
            Disposition.AUTOMATION,
            Label.KEYWORD_AUTOMATION,
            "brand.automation",
            "The whole message is a word owned by a keyword automation.",
        )
    return None


def _settled(family: Family, rule: str, language: str | None, *, confirm: bool) -> Decision:
    disposition, label, fixed, reason = _SETTLED[family]
    if rule == "provider_flag":
        reason = "The provider has already acted on a compliance keyword."
    decision = by_keyword(disposition, label, f"keyword.{rule}", reason, language)
    return decision.model_copy(update={"fixed_text": fixed if confirm else None})
