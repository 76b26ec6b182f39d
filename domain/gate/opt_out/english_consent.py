"""English opt-outs that speak of consent, blocking, marketing, or repeat our own instruction."""

from domain.gate.opt_out.rule import PhraseRule

_KEYWORD = r"(?:stop|end|quit|unsubscribe|cancel|optout|opt out|stop all|stopall)"

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "en.other_verbs",
        r"\b(?:sign me off|un ?enroll|unenroll|dis ?enroll|deregister|unregister"
        r"|desubscribe|unlist|deactivate|unsign)(?: (?:me|us|my|this|from|number"
        r"|phone|the|your|texts|list|please|all|messages|sms|alerts))*$"
        r"|\b(?:scrub|get rid of|eliminate|clear|purge|expunge|lose) (?:me"
        r"|my (?:\w+ )?number|this (?:\w+ )?number|us)\b"
        r"|\b(?:remove|delete|take|erase|drop)(?: (?:please|this|my|number|the|phone|off"
        r"|cell))* (?:\d{7,}|\d{3} \d{3} \d{4})\b"
        r"|\b(?:remove|delete|take|strike|drop)(?: please)? (?:off|from"
        r"|out of)(?: (?:this|your|the|all|any|ur|that|my))?(?: \w+)? ?(?:list|lists"
        r"|texts|messages|database)\b"
        r"|\b(?:i )?(?:decline|refuse)(?: to| any| all| further| your| these| receiving"
        r"| receive| get| more| be)* (?:texts?|messages?|sms|contact\w*"
        r"|communications?)\b"
        r"|\b(?:no|zero|not another|without) (?:further|additional|more|future)(?: (?:of"
        r"|these|your|text|sms|marketing))*"
        r" (?:texts?|messages?|contact|communications?|correspondence|sms|notifications"
        r"|outreach)\b",
        guards=(
            r"\b(?:wait ?list|cart|order|account|packing|guest|wish ?list|wishlist"
            r"|my list|tracking|rewards?)\b",
            r"\b(?:there (?:is|was|were|are)|got|received|had|have|get) no (?:further|more)\b",
            r"\be ?mail\w*",
        ),
    ),
    PhraseRule(
        "en.permission",
        r"\bconsent (?:is |has been |was |hereby )*(?:revoked|withdrawn|denied|rescinded|removed)\b"
        r"|\b(?:dont|do not|no longer|not|never) (?:\w+ )?(?:have|had|given|gave|give"
        r"|got)(?: (?:my|any|you|the|our))* (?:permission|consent|authorization)\b",
        guards=(r"\b(?:charge|card|photo|account)\b",),
    ),
    PhraseRule(
        "en.announces",
        r"^(?:(?:and|ok|just|now|bye|im|i|have|ive) )*(?:unsubscribed|opted out"
        r"|unsubscribing|opting out)(?: (?:bye|thanks|please|now|ok))*$",
        whole=True,
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "en.be_removed",
        r"\b(?:i|we|me|my|us|this number|please|can|could|like|want|request|asked"
        r"|wish)(?: \w+){0,5} "
        r"(?:be|get|getting|being|number) (?:removed|taken off|deleted|dropped"
        r"|unsubscribed)(?: (?:from|off|of|this|your|the|all|any|these|that|immediately"
        r"|please|now|asap|thanks|texts?|messages?"
        r"|lists?|mailing|texting|marketing|sms|contact|contacts|database|system"
        r"|distribution|promo|promotional|text|message|my|company|here|ok))*$",
        guards=(
            r"\b(?:it|charge\w*|items?|fees?|that|them|bill|amount|card|account|address"
            r"|error|wait ?list|cart|order|review"
            r"|photo|post|expense|profile|stain|hold|\d+|tag|label) (?:\w+ ){0,3}?(?:be"
            r"|get) (?:removed|taken|deleted|dropped)",
            r"^(?:get|be|getting) (?:off|dropped)$",
            r"\b(?:wait ?list|cart|order|account)\b",
            r"\bgetting off\b",
            r"\bto get off$",
            r"\b(?:why|was i|did i) \w*",
        ),
    ),
    PhraseRule(
        "en.no_marketing",
        r"^(?:(?:please|ok|hi|hey|thanks|and|yes) )*no (?:more )?(?:calls? (?:or"
        r"|and) )?(?:(?:of )?(?:these|your|sale|sales|text|marketing|promo|promotional"
        r"|spam|sms) )*"
        r"(?:marketing|promos?|promotions?|promotionals?|ads|texts?|messages?|spam"
        r"|solicitations?|solicitors|soliciting|sms|messaging|texting|notifications"
        r"|alerts)"
        r"(?: (?:please|thanks|thank|you|texts?|messages?|ever|at|all|to|this|number|on"
        r"|my|phone|ok|pls|anymore|here))*$",
        guards=(r"^no (?:messages?|text|notifications?|alerts?)$",),
        whole=True,
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "en.dont_want",
        r"^(?:(?:i|please|really|just|we|sorry|no|thanks|hi) )*(?:dont|do not"
        r"|no longer) (?:really )?(?:want|need)"
        r"(?: (?:this|these|them|it|anymore|any|more|of|your|stuff|please|thanks|thank"
        r"|you|crap|junk|shit|ever|that|sorry))*$",
        whole=True,
        needs_campaign_or_silence=True,
        guards=(r"\b(?:it|that|this)$", r"^no thanks", r"\b(?:want|need) (?:them|any|more)$"),
    ),
    PhraseRule(
        "en.consent",
        r"\b(?:revok\w+|withdraw\w*|rescind\w*|retract\w*|cancel\w*)(?: (?:my|all|any|the"
        r"|prior|previous"
        r"|express|written)){0,4} (?:consent|permission|authorization|opt in)\b"
        r"|\b(?:dont|do not|did not|didnt|never|not|no longer"
        r"|have not) (?:\w+ )?(?:consent|consented"
        r"|agree|agreed|authorize|authorized|gave (?:you )?(?:consent|permission)"
        r"|give (?:you )?(?:consent"
        r"|permission))(?: (?:to|for|this|these|you|your|receive|receiving|be|being"
        r"|contacting|any|to"
        r"|get|getting|my|number|me|using|contacted|texted|texts|messages|texting"
        r"|marketing|permission|text"
        r"|message|contact|ever|anything|here))*$",
        guards=(r"\b(?:charge|price|terms|refund|photo|order|subscription)\b",),
    ),
    PhraseRule(
        "en.never_signed_up",
        r"\b(?:never|didnt|did not|dont remember|dont recall|not) (?:\w+ )?(?:sign(?:ed"
        r"|ing)? (?:up|on)"
        r"|subscribed?|subscribing|opt(?:ed)? in|ask(?:ed)? for|request(?:ed)?|register(?:ed)?)"
        r"(?: (?:for|to|this|these|any|your|of|the|it|texts?|messages?|list|anything|alerts|texting"
        r"|marketing|promos|promotions|sms|spam|receive|get|be|texted|from|you|contacted"
        r"|program))*$",
        guards=(r"\?$", r"\b(?:subscription|box|charge\w*|order)\b"),
    ),
    PhraseRule(
        "en.blocking",
        r"\b(?:im|i am|i will|ill|going to|gonna|about to|have to|i|we are"
        r"|consider yourself|you are"
        r"|youre|your|being|getting|a|yourself|you have been) (?:\w+ )?(?:blocking|block|blocked)"
        r"(?: (?:you|this|this number|your number|u|and|reported|reporting|now|ur number"
        r"|the number|bye"
        r"|your texts|these|from my phone|as spam|report))*$"
        r"|^(?:just |now |ok |and |i )*block(?:ing|ed) (?:you|u|this|your"
        r"|ya)(?: (?:number|now|and|reporting|reported|bye|spam))*$"
        r"|\b(?:ill|i will|im going to|gonna|going to|about to|have to"
        r"|will) (?:\w+ )?block (?:you|u|this|your|ya)\b"
        r"|\bmark(?:ed|ing)? (?:you |this |it |these |as )*(?:spam|junk)\b|\breport(?:ed"
        r"|ing)?(?: \w+){0,5} (?:as|for) (?:spam|junk)\b"
        r"|^report(?:ed|ing) (?:as |for )?(?:spam|junk)\b"
        r"|\bblock(?:ed)? and report(?:ed)?\b|\bblock (?:me|this number)\b"
        r"|\breport(?:ed|ing)? (?:you |this |it |these |this number |your number )?(?:as"
        r"|for) (?:junk|spam)",
        guards=(r"\b(?:card|account|payment|order|why|was i|am i|been i|color|uv|dont|if)\b",),
    ),
    PhraseRule(
        "en.repeats_instruction",
        r"^(?:(?:reply|text|send|respond|type|msg|message)(?: (?:with|back"
        rf"|the word))? )?{_KEYWORD}"
        rf"(?: (?:to|for|and|the|all|any|of))+ (?:end|stop|opt out|unsubscribe|cancel|quit|optout"
        rf"|be removed|out|opt|unsub|opt out of|messages|further|texts|msgs)(?: \w+){{0,5}}$"
        rf"|^(?:reply|text|send|respond with|type) {_KEYWORD}$|^{_KEYWORD} (?:to|for) \d{{4,6}}$",
        guards=(r"\bif\b", r"\bwhat\b", r"\bdoes\b", r"\bdid\b", r"\bi\b"),
    ),
    PhraseRule(
        "en.no_contact_order",
        r"\bput (?:me|this number|my number|us)(?: \w+)? (?:on|in|to) (?:\w+ )?(?:your "
        r"|the |a )?(?:do not|dont|no)"
        r" (?:\w+ )?(?:call|contact|text|message)\b|\b(?:on|in) the (?:do not"
        r"|dont) (?:call|text|contact)"
        r" (?:list|registry)\b|\bremoval from (?:your|this|the|all) (?:\w+ )?(?:list"
        r"|database|texts)"
        r"|\bi no longer (?:shop|live|use|need|want)(?: \w+){0,4} (?:texts?|messages?|list)\b",
    ),
    PhraseRule(
        "en.only_orders",
        r"\bonly (?:text|message|contact|send|want)(?: (?:me|us|to|get|receive|texts?"
        r"|messages?|updates?"
        r"|about|for|with|regarding|if|when|my|an?|the|its|your|there|is|to|do|with|hear"
        r"|info)){0,9}"
        r" (?:orders?|shipping|shipment|delivery|tracking|deliveries)\b"
        r"|\b(?:just|only) (?:the )?(?:order|shipping|delivery|tracking)"
        r" (?:updates?|texts|notifications?|messages|alerts|info)\b(?=.*\bno\b|.*\bplease\b|$)"
        r"|\b(?:dont|never|not|stop|no)\b.*\b(?:text|message|contact|texting|messages"
        r"|texts)\b.*\bunless"
        r" (?:its |it is )?(?:about |regarding |for )?(?:my|an|about my"
        r"|i have an) (?:order|delivery|package)",
        guards=(r"^(?:i )?(?:can|could|do|does|is|will|did|only see|why)\b",),
    ),
)
