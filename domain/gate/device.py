"""Auto-replies of phones, cars, offices and voicemail; the whole message must be one."""

import re

from domain.gate.device_localised import LOCALISED
from domain.gate.normalise import folded, words_of

_GREETING = r"(?:(?:hi|hey|hello|hola|sorry|auto ?reply|automatic reply|auto response|there) )*"
_CANT = r"(?:cant|cannot|can not|am unable to|im unable to|wont|am not able to|not able to)"
_WILL = r"(?:ill|i will|we will|well|will)"
_LATER = (
    rf"(?:(?:and |but |so )?(?:i )?{_CANT}(?: \w+){{1,8}}?|(?:and |but |so |please )?{_WILL} "
    r"(?:call|text|get back|reply|respond|see|return|message|be in touch|contact|answer)\b"
    r"(?: \w+){0,14}?)"
)
_URGENT = re.compile(
    r"\(? ?im not receiving notifications(?: right now)? if this is urgent reply urgent to send a "
    r"notification through with your original message ?\)?"
)
_DRIVING = re.compile(
    rf"{_GREETING}(?:im|i am|i m) (?:currently |now )?driving"
    r"(?: with (?:(?:the )?(?:driving )?focus|do not disturb(?: while driving)?) turned on)?"
    r"(?: (?:right now|now|at the moment))?"
    rf"(?: (?:ill see your message when i get where im going|{_LATER}"
    r"|(?:if|please) (?:you need|needed|call|urgent)(?: \w+){0,16}|thanks|thank you)){0,4}"
    r"(?: powered by \w+)?"
)
_CAR = re.compile(
    r"(?:driving cant (?:text|talk)|manejan(?:do)? no puedo escrib\w*|im driving(?: now)?)"
    r"(?: (?:sent|enviado) (?:from|by|via|desde) (?:\w+ ?){1,6})?"
)
_QUICK = re.compile(
    r"(?:sorry )?(?:i )?cant talk (?:right )?now(?: (?:whats up|call me later|ill call you (?:back"
    r"|later|right back|back later)|please text me|can i call you (?:back )?later|text me"
    r"|talk later|ill text you(?: later)?))?"
    r"|ill call (?:you )?(?:right back|later|back|you back|back later|back soon|you back later)"
    r"|(?:sorry )?im (?:busy|in a meeting|in class|at work|at the (?:movies|movie theater|gym)"
    r"|on (?:a|another) call|on the phone)(?: (?:right now|now|at the moment))?(?: (?:(?:and )?ill "
    r"(?:call|text|get back to) you(?: back)?(?: later| soon| when im (?:done|free|out))?"
    r"|call (?:me )?back later|call you later|can i call you (?:back )?later|talk later))?"
    r"|in a meeting(?: (?:call you later|ill call you (?:back|later)|talk later))?"
    r"|(?:im )?on my way|can i call you (?:back )?later|sorry i missed your call"
    r"(?: (?:ill|i will|we will|well) (?:\w+ ?){1,14})?"
)
_OFFICE_CUE = (
    r"(?:out of (?:the )?office|ooo|unavailable|not available|away(?: from (?:my|the) \w+)?"
    r"|on (?:vacation|holiday|leave|pto|maternity leave)|closed|office hours|business hours"
    r"|hours are|as soon as|get back to you|be in touch|return(?:ing)? (?:to the office|on|your)"
    r"|cant chat|unable to chat|not monitored|unmonitored|respond (?:shortly|soon|within)"
    r"|reply (?:shortly|soon|within)|limited access|next business day|during business)"
)
_THANKS_FOR = re.compile(
    rf"(?:{_GREETING})(?:thanks|thank you|thankyou) (?:so much "
    r"|very much )?for (?:contacting|calling"
    r"|reaching out|texting|messaging|getting in touch|your (?:message|text|email|inquiry|call"
    rf"|interest))\b.*\b{_OFFICE_CUE}\b.*"
)
_AWAY = re.compile(
    rf"{_GREETING}(?:(?:youve|you have) reached .{{1,60}}? )?(?:im|i am|we are"
    r"|were) (?:currently |presently "
    r"|temporarily )?(?:out of (?:the )?office|ooo|unavailable|not available|away|on (?:vacation"
    r"|holiday|leave|pto|maternity leave|annual leave)|closed|unable to (?:answer|respond|reply"
    r"|take your call|come to the phone))\b"
    rf".*?(?:\b(?:{_WILL}|return|reply|respond|contact|call|leave|hours|urgent|back)\b.*|$)"
)
_MACHINE = re.compile(
    r"(?:this is an? )?(?:auto(?:mated|matic)? ?)(?:reply|response|message|responder)\b.*"
    r"|this is an? auto(?:mated|matic) (?:reply|response|message|text)\b.*"
    r"|(?:this|the) (?:phone|number|line|inbox|mailbox|device|phone number)(?: is|s)?(?: \w+){0,3} "
    r"(?:not monitored|unmonitored|isnt monitored|cannot receive|can not receive|does not (?:accept"
    r"|receive|support)|unable to receive|not able to receive)\b.*"
    r"|.*\bkosher (?:talk only |phone )?.*does not accept text messages?"
    r"|(?:new )?voice ?mail (?:from|received)\b.*|you have (?:a|\d+) (?:new "
    r"|missed )+(?:voice ?mail"
    r"|call)s?\b.*|missed call from\b.*|you(?:ve| have) reached (?:the )?(?:voice ?mail|mailbox"
    r"|desk|phone) of\b.*|the person you(?:re| are) (?:calling|texting)\b.*|.*\bpowered by truce"
)
_PLACE = (
    r"(?:in (?:a |an )?(?:meeting|class|church|court|appointment|lecture|session|surgery"
    r"|flight|movie|call)"
    r"|at (?:the |a )?(?:movies|movie theater|cinema|theater|gym|work|lunch|dinner"
    r"|doctors?|dentist|practice"
    r"|airport|hospital)|on (?:a|another|the) (?:call|phone|flight|plane|date)|driving"
    r"|busy|sleeping|asleep"
    r"|working|teaching|with a (?:client|customer|patient)|away|out|tied up|in bed)"
)
_PROMISE = (
    r"\b(?:(?:well|we will|our team will|someone will|(?<!i )will) (?:get back to"
    r"|respond to|reply to"
    r"|be in touch with|return|respond|reply|get back)"
    r"(?: (?:you|your (?:message|text|call|inquiry)|to you|to your (?:message|text)))?(?: \w+){0,3}"
    r" (?:as soon as|shortly|within|soon|during|next business|when|asap|momentarily)"
    r"|(?:ill|i will) (?:get back to|respond to|reply to|return|respond|reply"
    r"|get back)(?: \w+){0,4}"
    r" (?:as soon as (?:i|possible)|when i (?:can|get|return|am|m|land|wake)|shortly|asap))\b"
)
_PHRASES = re.compile(
    r"(?=.*\b(?:cant|cannot|missed your call"
    rf"|im (?:currently )?{_PLACE})\b)(?!.*\bin meeting\b)(?!(?:im |i am )?(?:out|working"
    r"|in bed)$)(?>(?:sorry|hi|hey|hello"
    r"|(?:i )?(?:cant|cannot) (?:talk|answer|text|respond|reply|take your call|pick up"
    r"|come to the phone)"
    r"(?: (?:right now|now|at the moment|currently))?|(?:im |i am )?(?:currently "
    rf"|still )?{_PLACE}(?: (?:right now|now))?"
    r"|(?:ill|i will) (?:call|text|message|get back to|reply|respond|talk to|hit you up"
    r"|see)(?: you)?(?: back)?"
    r"(?: (?:later|soon|asap|shortly|when i (?:can|wake up|get (?:home|there|out|off"
    r"|back)|finish|land|am (?:free|done|off))"
    r"|when im (?:free|done|off|out|home|back)|in a (?:bit|few|while)))?|(?:ill )?(?:talk"
    r"|text you|call you) (?:soon|later|back|then)"
    r"|i missed your call|please (?:text me|leave (?:a|me a) message)"
    r"|(?:can you )?text me(?: instead)?|call (?:me )?(?:later|back later)"
    r"|thanks|thank you|and|but|so)(?: |$))+"
)
_CUES = re.compile(
    rf"(?!.*meeting.* call)(?:{_GREETING})(?:im |i am |currently "
    rf"|still )*{_PLACE}(?: (?:right now|now"
    r"|at the moment|today|until \w+))?"
    r" (?:and )?(?:ill |i will |will |can i |let me )?(?:text|call|reply|respond|get back"
    r"|message|talk|answer|be in touch)"
    r"(?: \w+){0,6}"
    r"|(?:auto reply |automatic reply )?(?:im |i am |currently "
    r"|we are )*(?:out of (?:the )?office|ooo)\b.*"
    r"|(?:i have |my phone is on |my )?do not disturb (?:is )?(?:(?:turned )?on|enabled"
    r"|mode)\b.*|.*\bdriving focus\b.*"
    r"|.*\b(?:is|are) (?:currently )?not (?:being )?monitored\b.*|(?:message"
    r"|sent) from my (?:car|vehicle|truck)\b.*"
    r"|(?:hi |hello )?(?:we|i)(?: have|ve)? received your (?:message|text|inquiry|request"
    r"|email)\b.*\b(?:will|get back|respond|reply"
    r"|touch|shortly)\b.*"
    r"|.*\b(?:please )?leave (?:a|me a|your|us a) (?:brief |detailed )?(?:message"
    r"|voice ?mail|name and number)\b.*"
    rf"|.*{_PROMISE}.*"
)
_CUSTOMER = re.compile(
    r"\b(?:my (?:order|package|refund|return|size|account)|where is|wheres|tracking|refund"
    r"|shipping|do you (?:have|sell|ship)|(?:can|could|would|do) you|exchange)\b"
)
_FORMS = (
    ("driving", _DRIVING),
    ("car", _CAR),
    ("quick_response", _QUICK),
    ("thanks_for_contacting", _THANKS_FOR),
    ("away", _AWAY),
    ("machine", _MACHINE),
    ("phrases", _PHRASES),
    ("cues", _CUES),
    ("localised", LOCALISED),
)


def match_device_reply(text: str) -> str | None:
    """Return which kind of auto-reply a whole message is, or None for a person's words.

    Args:
        text: The raw body.

    Source: sms.md 6.1.
    """
    lowered = folded(text[:1200]).replace("<br>", " ")
    form = words_of(lowered)
    if not form:
        return None
    rest = _URGENT.sub(" ", form).strip()
    if rest != form and not rest:
        return "focus"
    form = rest
    if _CUSTOMER.search(form) or ("?" in lowered and not _QUICK.fullmatch(form)):
        return None
    for name, pattern in _FORMS:
        if pattern.fullmatch(form):
            return name
    return None
