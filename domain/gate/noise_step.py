"""Steps that keep noise silent: what no person wrote, and what asks for nothing."""

import regex

from domain.gate import acknowledgement, spam
from domain.gate.carrier import is_carrier_notice
from domain.gate.context import GateContext
from domain.gate.decision import Decision, Doubt, Label
from domain.gate.device import match_device_reply
from domain.gate.normalise import folded, is_blank, is_only_pictures, pictures, words_of
from domain.gate.question import agent_asks, open_question
from domain.gate.sensitive import is_abuse
from domain.gate.settings import GateSettings
from domain.gate.tapback import Reaction, Tapback, match_quote, parse_tapback, quoted_whole
from domain.gate.verdicts import answered, ignored, to_human
from domain.message import MessageOrigin

_YES_OR_NO = frozenset("👍👎✅✔❌👌🙅🙆💯🙏❤")
_LAUGHTER = regex.compile(r"(?:(?:lol|lmao|lmfao|rofl|haha\w*|hehe\w*|jaja\w*|omg)\s*)+")
_CALL_LATER = regex.compile(
    r"(?:sorry )?(?:in (?:a )?meeting )?(?:ill|i will"
    r"|i) call (?:you )?later(?: in (?:a )?meeting)?(?: ok bye)?"
)
_PERSONAL = frozenset({MessageOrigin.AGENT, MessageOrigin.HUMAN})
_LOOKED_BACK = 20


def check_raw_noise(text: str, context: GateContext, settings: GateSettings) -> Decision | None:  # noqa: ARG001  (every step has one signature)
    """Tell reactions, network notices and auto-replies from the raw body, and the empty one."""
    if is_blank(text):
        if context.num_media:
            return None
        return ignored(Label.EMPTY, "noise.empty", "The message is empty.", 1.0)
    reaction = parse_tapback(text)
    if reaction is not None:
        return _reaction(reaction, context)
    if quoted_whole(text, context.newest_outbound(_LOOKED_BACK)):
        return ignored(
            Label.TAPBACK, "tapback.quoted", "A reaction that quotes one of our texts whole."
        )
    if is_carrier_notice(text):
        return ignored(Label.CARRIER_NOTICE, "noise.carrier", "A network's notice, not a person.")
    device = match_device_reply(text)
    if device is not None:
        return ignored(
            Label.DEVICE_AUTO_REPLY,
            f"device.{device}",
            "An automatic reply of a phone, a car or an office.",
        )
    if spam.is_blast(text, context):
        return ignored(
            Label.OTHER_BRAND_BLAST,
            "spam.blast",
            "Another sender's marketing with its opt-out line.",
        )
    return None


def _reaction(reaction: Tapback, context: GateContext) -> Decision:
    sent = match_quote(reaction, context.newest_outbound(_LOOKED_BACK))
    asked = open_question(context)
    answers = reaction.reaction in {Reaction.YES, Reaction.NO}
    if answers and sent is not None and sent is asked and sent.origin in _PERSONAL:
        return answered(
            Label.TAPBACK_ANSWER,
            f"tapback.{reaction.reaction}",
            f"A reaction to the agent's question counts as {reaction.reaction}.",
        )
    known = "one of our texts" if sent is not None else "a text"
    score = 0.99 if sent is not None else 0.95
    return ignored(Label.TAPBACK, f"tapback.{reaction.form}", f"A reaction to {known}.", score)


def check_small_talk(text: str, context: GateContext, settings: GateSettings) -> Decision | None:  # noqa: ARG001  (every step has one signature)
    """Keep silent on emoji, thanks and bare assent, unless they answer a question of ours."""
    asked = open_question(context)
    if is_only_pictures(text):
        return _emoji(text, context)
    if acknowledgement.is_thanks(text):
        if agent_asks(context) and not acknowledgement.is_pure_thanks(text):
            return _answer_to_agent("noise.thanks_answer")
        return ignored(Label.THANKS, "noise.thanks", "Thanks, and nothing that asks for an answer.")
    form = words_of(folded(text[:200]))
    laughs = bool(_LAUGHTER.fullmatch(form)) and asked is not None
    if laughs or (acknowledgement.is_laughter(text) and not agent_asks(context)):
        return ignored(Label.ACKNOWLEDGEMENT, "noise.light", "Small talk that asks for nothing.")
    if acknowledgement.is_light(text) or acknowledgement.is_assent(text):
        return _assent(context, asked_open=asked is not None)
    if _CALL_LATER.fullmatch(form):
        return answered(
            Label.QUESTION,
            "noise.call_later",
            "May be a phone's quick response; the rules cannot tell.",
            doubt=Doubt.NOISE,
        )
    return None


def _emoji(text: str, context: GateContext) -> Decision:
    shown = {char for picture in pictures(text) for char in picture}
    if agent_asks(context) and shown & _YES_OR_NO:
        return _answer_to_agent("noise.emoji_answer")
    return ignored(Label.EMOJI_ONLY, "noise.emoji", "Emoji only.")


def _assent(context: GateContext, *, asked_open: bool) -> Decision:
    if asked_open:
        return _answer_to_agent("noise.assent_answer")
    if context.last_outbound is not None:
        return ignored(
            Label.ACKNOWLEDGEMENT, "noise.assent", "A bare yes, no or ok, and nothing was asked."
        )
    return answered(
        Label.ACKNOWLEDGEMENT,
        "noise.assent_unknown",
        "A bare yes, no or ok; what was sent before is not known.",
        doubt=Doubt.NOISE,
    )


def _answer_to_agent(rule: str) -> Decision:
    return answered(Label.ANSWER_TO_AGENT, rule, "The answer to a question that is still open.")


def check_machines(text: str, context: GateContext, settings: GateSettings) -> Decision | None:  # noqa: ARG001  (every step has one signature)
    """Keep silent on spam, codes, bare links, keys hit by accident and a first insult."""
    asked = agent_asks(context)
    found = spam.find_spam(text, context)
    if found is not None and found.doubt is None:
        expected = found.label in {Label.VERIFICATION_CODE, Label.LINK_ONLY} and (
            asked or context.conversation_open
        )
        if not expected:
            reason = f"Not a customer's words: {found.label.replace('_', ' ')}."
            return ignored(found.label, found.rule, reason, found.score)
    if acknowledgement.is_gibberish(text) and not asked:
        return ignored(Label.GIBBERISH, "noise.gibberish", "Letters without meaning.", 0.9)
    if is_abuse(text):
        if any(is_abuse(earlier.body) for earlier in context.recent_inbound[-5:]):
            return to_human(Label.ABUSE, "abuse.repeated", "Insults again: a human should look.")
        return ignored(Label.ABUSE, "abuse.first", "An insult without a request.", 0.9)
    return None
