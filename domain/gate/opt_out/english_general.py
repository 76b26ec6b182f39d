"""English opt-outs told by their parts: a verb of ending, and our texts or the person's number."""

from domain.gate.opt_out.rule import PhraseRule

_MSG = (
    r"(?:texts|text messages?|messages|texting|messaging|spam|promos?|promotions?|marketing"
    r"|notifications|alerts|sms|solicit\w*|communications?|blasts)"
)
_GOODS = (
    r"\b(?:orders?|shipments?|packages?|shipping|delivery|deliveries|subscription|items?"
    r"|carts?|wait ?list"
    r"|returns?|refunds?|cards?|codes?|products?|size|color|sale ends?|zipper|bus|train"
    r"|route|ride)\b"
)
_ASKS = (
    r"^(?:where|when|what|does|do you|did|will|is|are|am|was|why|which|can it|can i|has"
    r"|have|should|how"
    r" (?:much|many|long|far))\b"
)
_NOT_A_DEMAND = (
    r"\b(?:dont|never|cant|cannot|couldnt|wont|wouldnt|didnt|doesnt|not|without|if i|when i|will it"
    r"|it will|they|keep getting|want to get|still want|want to keep|like getting)"
    r" (?:\w+ )?(?:stop|unsubscribe|opt|remove|getting|to get)\b"
)

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "en.ends_with_stop",
        r"\b(?!(?:to|the|a|an|this|that|next|last|non|bus|train|route|truck|pit|full|rest|door|back"
        r"|short|one|first|whistle|wont|will|cant|cannot|doesnt|didnt|did|does|never|not|they|why"
        r"|when|where|it|he|she|who|until|i|we|nonstop|must|dont|could|would|should|hard|sudden"
        r"|complete|stone|tab|pipe|stops) )\w+ stop$|\bmake (?:it|this|these|them|that) stop$"
        r"|\b(?:asked|told|begged|warned|instructed|requested)(?: you"
        r"| yall)?(?: \w+)? to (?:stop|quit"
        r"|cease)$|\bstop or (?:i|ill|im|we|else)\b",
        guards=(
            _GOODS,
            _ASKS,
            r"\b(?:beep\w*|noise|leak\w*|alarm|drip\w*|squeak\w*|light|fan|ad|video)\b",
        ),
        bare=True,
        short=True,
    ),
    PhraseRule(
        "en.starts_with_stop",
        rf"^(?:(?:please|ok|hey|omg|just|no|yes|so) )*(?:stop|quit|cease)(?: \w+){{1,8}} {_MSG}\b",
        guards=(_GOODS, r"\bby\b", r"\be ?mail\w*\b", r"^stop (?:at|in|near|over|sign)\b"),
    ),
    PhraseRule(
        "en.verb_and_number",
        r"\b(?:remove|delete|erase|scrub|pull|drop|clear|strike|purge|cut|take|get|leave"
        r"|keep|withdraw"
        r"|exclude|omit)(?: \w+){0,2}? (?:my|this|our) (?:\w+ )?(?:number|phone|cell"
        r"|line) (?:out|off|from"
        r"|of|removed|deleted|alone)\b"
        r"|\b(?:dont|never|stop|quit|not) (?:use|using|save|saving|keep|keeping|share|sharing|sell"
        r"|selling|contact|contacting) (?:my|this) (?:\w+ )?(?:number|phone|cell|line)\b"
        r"|\b(?:leave|keep|take) (?:me|us) (?:off|out of)(?: (?:the|your|all|any|of|this"
        r"|future|these"
        r"|further))* (?:texts?|messages?|lists?|mailings?|promos?|marketing|sms|text list)\b"
        r"|\b(?:need|needs|want|like|have)(?: \w+){0,2} (?:my|this"
        r"|our) (?:\w+ )?(?:number|phone|info)"
        r" (?:to be )?(?:removed|off|deleted|taken off|gone)\b",
        guards=(_GOODS, r"\b(?:account|profile|old|wrong)\b", _ASKS),
    ),
    PhraseRule(
        "en.no_right",
        r"\byou (?:are not|arent|may not|cannot|cant|dont get to|have no (?:right"
        r"|permission|business)"
        r"|must not|should not|shouldnt|are no longer)(?: \w+){0,3} (?:text|message"
        r"|contact|sms|texting"
        r"|messaging|contacting|send)(?:ing)?(?: (?:me|us|this|here|to|my|any|texts"
        r"|messages|anymore))*$",
        guards=(_GOODS, _ASKS, r"\?$"),
    ),
    PhraseRule(
        "en.wants_an_end",
        r"\bwant(?: all)? (?:this|these|it|them|the|your)(?: (?:texts?|messages?|all"
        r"|madness|nonsense|spam))? to (?:stop|end|cease)$"
        r"|\b(?:stop|end) (?:this|the|all this|all the) (?:madness|nonsense|crap|shit|bs"
        r"|bullshit|insanity|torture|spam|junk|foolishness)\b"
        r"|\bwhat(?:s| is) the (?:\w+ )?(?:word|command|code|keyword|number|way"
        r"|trick) (?:to|for) (?:stop|unsubscrib\w*|opt\w* out|end)\w*(?: (?:this|these"
        r"|texts?|messages?|texting))*$"
        r"|\b(?:dont|never|stop|quit) (?:text|texting|message|messaging|contact"
        r"|contacting) my (?:\w+ )?\w+s (?:phone|number|cell|mobile)\b"
        r"|\b(?:remove|take|get) (?:me|my number|us) (?:from|off|out of) (?:this|that|the) one\b",
        guards=(_GOODS,),
    ),
    PhraseRule(
        "en.not_accepted",
        r"\b(?:i|we|this (?:number|phone|line)) (?:dont|do not|does not|doesnt|no longer"
        r"|wont|will not)"
        r" (?:accept|welcome|allow|permit|tolerate|appreciate|want|take|receive"
        r"|consent to|wish for|do)"
        rf" (?:\w+ ){{0,3}}(?:{_MSG}|texts)\b",
        guards=(_GOODS, r"\be ?mails?\b", r"\bwhy\b", r"\b(?:i|we) (?:dont|do not) receive\b"),
    ),
    PhraseRule(
        "en.removal",
        r"\b(?:request\w*|asked? for|asking for|demand\w*|want|need|process|confirm"
        r"|honou?r)(?: \w+){0,3}"
        r" (?:removal|opt out|unsubscribe|unsubscription|unsubscribing)\b"
        r"|\bremoval (?:request|please|from)\b"
        r"|^removal$",
        guards=(
            _GOODS,
            r"\b(?:stain|hair|snow|charge|warranty|insurance|protection|paperless|billing"
            r"|tattoo|rust|paint|tag)\b",
            _ASKS,
        ),
    ),
    PhraseRule(
        "en.cancel_getting",
        r"\b(?:cancel|end|quit|stop|discontinue|suspend) (?:getting|receiving"
        r"|my receiving|sending)"
        rf"(?: \w+){{0,3}} (?:{_MSG}|these|this|those)\b",
        guards=(_GOODS, _NOT_A_DEMAND, r"\be ?mails?\b"),
    ),
    PhraseRule(
        "en.blocks_you",
        r"\b(?:imma|ima|bout to|gotta|gon|finna|bouta) (?:\w+ )?block (?:you|your|this|the)\b"
        r"|\b(?:i|ive|have|already|just|officially) blocked (?:you|this|your"
        r"|the) ?(?:number|contact)?(?: \w+){0,3}$",
        guards=(r"\b(?:card|account|payment|mistake|accident\w*|unblock\w*)\b",),
    ),
    PhraseRule(
        "en.one_word",
        r"^(?:(?:please|ok|hey|hi|no|yes|just) )*(?:remove|exit|delist|unlist|forget me"
        r"|lose me|delete me|drop me"
        r"|remove me|block me)(?: (?:please|now|thanks|thank|you|pls|asap|already|me"
        r"|immediately|remove))*$",
        whole=True,
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "en.after_campaign",
        r"^(?:(?:please|just|ok|no|im|so|i|have|this|is) )*(?:enough|no more|spam|delete"
        r"|block|blocked|end this|cancel this"
        r"|dont want|stop this|bye|done|nope stop|out|im out|no messages?|no texts?"
        r"|ended?|unfollow|pass forever)"
        r"(?: (?:please|now|thanks|already|this|these))*$",
        whole=True,
        bare=True,
        only_after_campaign=True,
    ),
    PhraseRule(
        "en.enough_whole",
        r"^(?:ok |please )?(?:enough (?:already|is enough|of this|with this|now|please)|ok enough)"
        r"(?: (?:please|now|stop|already))*$",
        whole=True,
        bare=True,
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "en.not_agreed",
        r"\b(?:didnt|did not|never|dont|do not) (?:\w+ )?(?:agree|agreed|consent"
        r"|consented|ask|asked|opt in"
        r"|opted in) (?:to|for) (?:this|these|it|any of this|that|you|your (?:texts"
        r"|messages))(?: \w+){0,2}$",
        guards=(
            _GOODS,
            r"\b(?:charge\w*|price|fee|terms|renew\w*|order)\b",
            r"\b(?:asked|ask) for (?:that|it)$",
        ),
    ),
)
