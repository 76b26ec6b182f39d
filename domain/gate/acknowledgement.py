"""Texts that carry nothing to answer: thanks, "ok", "lol", and keys hit by accident."""

import re

from domain.gate.normalise import folded, words_of

_LONG = re.compile(r"([a-z])\1{2,}")
_THANKS_CORE = (
    r"(?:thanks|thank you|thank u|thankyou|thank ya|thx|thnx|thanx|tnx|tks|tysm|tyvm|tyty|ty|thnks"
    r"|thank|thankss|cheers"
    r"|much appreciated|appreciate it|appreciated|i appreciate it|i appreciate (?:you|it"
    r"|your help|that)|gracias"
    r"|muchas gracias|mil gracias|merci|merci beaucoup|danke|dankeschon|vielen dank"
    r"|danke schon|obrigad[oa]"
    r"|muito obrigad[oa]|valeu|grazie)"
)
_THANKS_AROUND = (
    r"(?:ok|okay|k|kk|okey|oki|great|awesome|perfect|perfecto|perfeito|parfait|super|toll"
    r"|cool|nice|good|wonderful|excellent|amazing"
    r"|fantastic|sweet|lovely|got it|gotcha|sounds good|alright|all right|right|will do"
    r"|sure|oh|ah|wow|yay|yes|yep|yeah"
    r"|so much|very much|a lot|a bunch|a million|a ton|again|for (?:everything"
    r"|letting me know|the (?:help|info|information"
    r"|update|quick (?:reply|response|help)|support|assistance|heads up|response|reply"
    r"|service|fast response)|your (?:help"
    r"|time|support|assistance|patience|quick response|kindness|service|reply|response)"
    r"|all your help|all the help"
    r"|helping(?: me)?|that|this|helping me out|clarifying|checking|sharing)"
    r"|you(?: so much)?|u|dear|guys|all|team|sir|maam|man"
    r"|hun|hon|bro|dude|buddy|friend|love|sweetie|babe|have a (?:great|good|nice"
    r"|wonderful|blessed|lovely) (?:day|one|night"
    r"|weekend|evening|afternoon)|you too|take care|bye|good night|goodnight|god bless"
    r"|bless you|youre (?:the best|awesome"
    r"|amazing|great)|you (?:are|re) (?:the best|awesome|amazing|great|so helpful)"
    r"|that helps|that was helpful"
    r"|very helpful|appreciate it|lol|haha|xx|xo|xoxo|x|ok|much|many|really|i"
    r"|this is great|thats great|love it|no problem"
    r"|all good|that works|works for me|problem solved|solved|it worked|all set"
    r"|im all set|por todo|pour tout|fur alles"
    r"|por la ayuda|pela ajuda|por tu ayuda|pour votre aide|fur die hilfe|fur ihre hilfe"
    r"|beaucoup|schon|sehr|vielmals"
    r"|mucho|mesmo|bom dia|buen dia|de nada|today|tonight|just received it|just got it"
    r"|got mine|received)"
)
_THANKS = re.compile(
    rf"(?>(?>{_THANKS_AROUND} )*){_THANKS_CORE}(?>(?: (?:{_THANKS_AROUND}|{_THANKS_CORE}))\b)*"
)
_NEGATED_OR_MORE = re.compile(r"\b(?:no|not|nope|nah|but|nothing)\b")

_AGREES = re.compile(r"\b(?:ok|okay|okey|oki|k|kk|yes|yep|yeah|sure|alright|all right)\b")
_APPROVES = re.compile(
    r"\b(?:great|perfect|sounds good|that works|works for me|will do|cool|good|awesome|please)\b"
)
_LAUGHTER = re.compile(
    r"(?>(?:lol|lmao|lmfao|rofl|haha\w*|hehe\w*|hihi|jaja\w*|rsrs|kkkk+|mdr|ha ha(?: ha)*"
    r"|omg|yay|woo ?hoo|aww?|yum|xoxo|xo"
    r"|cool|awesome|cool beans|amazing|love it|love this|love that|so cute|sounds good"
    r"|sounds great|will do|got it|gotcha|noted"
    r"|understood|good to know|makes sense|sweet|np|congrats|cheers|dope|bet)(?: |$))+"
)

# Silent whatever was asked: nobody answers a question with these alone.
_LIGHT = re.compile(
    r"(?>(?:lol|lmao|lmfao|rofl|haha\w*|hehe\w*|hihi|jaja\w*|rsrs|kkkk+|mdr|ha ha(?: ha)*"
    r"|omg|wow|ooh|aww?|yay|woo ?hoo|woot|yum"
    r"|hooray|cheers|have a (?:great|good|nice|wonderful|blessed|lovely) (?:day|one|night"
    r"|weekend|evening)|you too|u too"
    r"|same to you|take care|good ?night|np|no problem|no worries|youre welcome"
    r"|you are welcome|welcome|yw|ily|xoxo|xo|tgif"
    r"|noted|roger that|copy that|duly noted|will do|gotcha|got it|understood|i see"
    r"|makes sense|good to know|love it|love this"
    r"|love that|so cute|nice|cool|cool beans|neat|sweet|dope|awesome|amazing|excellent"
    r"|fantastic|wonderful|great news|great to hear"
    r"|sounds good|sounds great|looks good|looks great|yum|bless|god bless|amen|congrats"
    r"|congratulations|happy (?:friday|holidays"
    r"|thanksgiving|new year|easter|monday)|merry christmas|hmm+|hm|mhm+|meh|oh|oh ok"
    r"|oh okay|oh nice|oh cool|ah ok|i like it"
    r"|good stuff|nice one|bet|word|facts|period|purr|slay|yolo|ttyl|talk soon|see you"
    r"|see ya|cya|de nada|genial|vale gracias"
    r"|que bien|super|genial merci|parfait|prima|toll|alles klar|legal|beleza|otimo"
    r"|perfecto|bien|buenisimo)(?: |$))+"
)
# Silent unless a question is open; without knowing what was sent, the model decides.
_ASSENT = re.compile(
    r"(?>(?:see you then|see you there|see you soon|looking forward to it|cant wait"
    r"|wonderful|excellent|awesome|yess|yass|yas|ok|okay|okey|oki|okie|okk|k|kk|kay"
    r"|okie dokie|okey dokey|sure|alright"
    r"|all right|fine|great|perfect|good|right|yes|yep|yeah"
    r"|yup|ya|ye|yea|y|si|oui|ja|sim|claro|vale|daccord|dac|bueno|gut|bom|no|nope|nah|non"
    r"|nein|nao|sir|maam|no thanks|no thank you|thanks"
    r"|thank you|nothing|nothing else|thats all|thats it|im good|all good|we re good"
    r"|im all set|all set|maybe|idk|n|cool|nice|ok cool|bye"
    r"|goodbye|good|that works|works|correct|exactly|true|fine with me|hmm+k?|thats fine"
    r"|its fine|its ok|im fine|not right now|not now"
    r"|maybe later|maybe next time|not today|later|another time|not this time|pass"
    r"|ill pass|nah im good|no gracias|non merci|nein danke"
    r"|nao obrigad[oa]|de acuerdo|esta bien|tudo bem|bien sur)(?: |$))+"
)
_NEGATIVE = re.compile(r"\b(?:no|nope|nah|non|nein|nao|not|pass|later|nothing)\b")
_VOWEL_FREE = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}")
_KNOWN_WITHOUT_VOWEL = re.compile(
    r"h+m+k?|p+s+t+|s+h+|b+r+|z{1,4}|t+s+k+|g+r+|x+|pls+|plz+|thnks|txt\w?|msgs?|brb|html"
    r"|xxl+|bldg|blvd|mkt|wknd|dscnt|hrmm+|npmn|tbh|rsvp|sms|mms|dvd|usps|qty|ttyl|pfft+"
    r"|nvm|ffs|smh|wtf+|lmk|rly|bcz|bcs|wrd|kthx|mrs|lrg|sml|xtra|hwy|pkg|nyc|tshrt|jmpr"
    r"|pnts|hlp|grr+|psst"
)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def is_thanks(text: str) -> bool:
    """Tell whether a whole message is thanks, with pleasantries but without a yes or ok."""
    form = _thanks_form(text)
    return form is not None and not _AGREES.search(form)


def is_pure_thanks(text: str) -> bool:
    """Tell whether a whole message is thanks that cannot be a yes to something offered."""
    form = _thanks_form(text)
    return form is not None and not _AGREES.search(form) and not _APPROVES.search(form)


def is_light(text: str) -> bool:
    """Tell whether a whole message is laughter, delight or a farewell, which asks for nothing."""
    return bool(_LIGHT.fullmatch(words_of(folded(text[:200]))))


def is_laughter(text: str) -> bool:
    """Tell whether a whole message is laughter or applause, never an answer."""
    return bool(_LAUGHTER.fullmatch(words_of(folded(text[:200]))))


def is_assent(text: str) -> bool:
    """Tell whether a whole message is a bare yes, no or ok, which means what was asked before."""
    if "?" in text:
        return False
    if _ASSENT.fullmatch(words_of(folded(text[:120]))):
        return True
    return _thanks_form(text) is not None


def _thanks_form(text: str) -> str | None:
    form = _LONG.sub(r"\1", words_of(folded(text[:300]))).replace("no problem", "").strip()
    if not _THANKS.fullmatch(form) or _NEGATED_OR_MORE.search(form):
        return None
    return form


def is_refusal(text: str) -> bool:
    """Tell whether a bare answer declines."""
    return bool(_NEGATIVE.search(words_of(folded(text[:120]))))


def is_gibberish(text: str) -> bool:
    """Tell whether a whole message is keys hit without meaning.

    One token of letters, without a vowel or running along the keyboard; digits make it a code.

    Source: sms.md 6.4.
    """
    form = words_of(folded(text[:200]))
    if not form or " " in form or not form.isalpha() or not form.isascii():
        return False
    if _KNOWN_WITHOUT_VOWEL.fullmatch(form):
        return False
    if _VOWEL_FREE.fullmatch(form.replace("y", "")) and "y" not in form:
        return True
    return len(form) >= 5 and _is_mashed(form)


def _is_mashed(form: str) -> bool:
    if len(set(form)) <= 2 and len(form) >= 6:
        return True
    if any(form in row or form in row[::-1] for row in _ROWS):
        return True
    longest = max((len(run) for run in re.findall(r"[bcdfghjklmnpqrstvwxz]+", form)), default=0)
    home = sum(char in _ROWS[1] for char in form)
    return len(form) >= 7 and (longest >= 6 or (longest >= 4 and home >= len(form) * 0.8))
