"""English demands to stop: "stop texting me", "please stop", "go away"."""

from domain.gate.opt_out.rule import PhraseRule

_MSG = (
    r"(?:texts?|messages?|texting|messaging|spam|promos?|promotions?|promotionals?|marketing|ads?"
    r"|adverts?|advertis\w+|solicit\w+|notifications?|notifs?|alerts?|blasts?|sms|mms"
    r"|communications?|communicating|correspondence|offers|coupons|deals|junk)"
)
_ABUSIVE = (
    r"(?:fucking|damn|goddamn|freaking|bloody|stupid|annoying|dumb|shitty|constant|daily|shit)"
)
_FILL = (
    rf"(?:(?:with|all|any|anymore|more|of|the|these|this|that|those|your|you|from|ever|it|and|just"
    rf"|already|please|{_ABUSIVE}|constantly|always|sending|getting|receiving|to|me|us|my|number"
    r"|phone|so|many|out|every|day|here|company|incessant|endless|unwanted|further|future|sale"
    r"|sales|promo|promotional|marketing|weekly|random|being|automated|text|sms|in|on) ){0,7}?"
)
_ACT = (
    r"(?:texting|messaging|contacting|contact|spamming|bothering|bugging|harassing|harassment"
    r"|annoying me|pestering|soliciting|blowing up|blowing me up|hitting me up|hitting up|pinging"
    r"|bombarding|communicat\w+|calling and texting|reaching out|notifying|stalking|writing me"
    r"|writing to me|writing us)"
)
_JUNK = (
    r"(?:these|this|those|them|stuff|things|shit|crap|junk|garbage|bs|bullshit|nonsense|anything"
)
_JUNK += r"|everything|anymore|so many|so much|any more)"
_PLEASE = (
    r"(?:please|just|now|ok|okay|k|hey|hi|hello|already|omg|seriously|ffs|smh|no|nope|nah|thanks"
    r"|thank|you|guys|sir|maam|right|away|immediately|asap|today|forever|kindly|dear"
    r"|for|good|the|love|of|god|jesus|christ|lord|wtf|ugh|yes|im|begging|beg|i|said|to|at|once"
    r"|can|could|will|would|want|need|like|must|should|really|dammit|damn|it|this|that|these"
    r"|all|everything|anymore|already|texting|me|us|fucking|so|annoying|alright|well|sorry|pretty"
    r"|got|gotta|have|has|make|and|dude|bro|man|lady|people|yo|oh|my|goodness|gosh|tf|the|fuck"
    r"|hell|bitch|asshole|assholes|idiots|morons|or|else|spam|is|again|with|there|team"
    r"|texts|messages"
    r"|what|part|final|last|time|warning|second|third|request|attempt|wants|pleading"
    r"|them|go|from|here)"
)
# Inside these, the same words ask for something else; a hit becomes a doubt.
_NEGATED = (
    r"\b(?:dont|never|cant|cannot|couldnt|(?<!you )wont|didnt|doesnt|not|without|when (?:do|did"
    r"|will) (?:you|i|the|they|it)|(?:why )?did (?:you|i|the|they)|(?:why )?have you"
    r"|has (?:your|the)|if (?:i|we)|what if|what happens (?:if|when) i|happens? if|after i|once i"
    r"|before i|non|bus|pit|full|train|rest|truck|short|they|he|she|it|who) "
    r"(?:\w+ ){0,1}(?=stop|quit|cease|end|unsubscribe|opt)"
)
_GOODS = (
    r"\b(?:order|orders|packages?|items?|box|boxes|parcels?|shipments?|replacements?"
    r"|invoices?|bills?"
    r"|codes?|links?|refunds?|returns?|samples?|tracking|sizes?|catalogs?|deliver\w+|shipping"
    r"|charging|charged|payments?|auto ?ship|appointments?|receipts?|orders?|subscription box)\b"
)
_MAIL = r"\b(?:e ?mails?|e ?mailing|newsletters?|mailers?|catalogs?|calls|calling|phone calls?)\b"

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "en.stop_contact",
        rf"\b(?:stop|quit|cease|discontinue|knock off|cut out|refrain from|enough(?: with| of)?"
        rf"|end|halt|desist|terminate) {_FILL}(?:{_ACT}|{_MSG})\b",
        guards=(_NEGATED, _MAIL, r"\b(?:end|stop) of\b", r"\b(?:sale|deal|offer|promo\w*) end"),
        rescue=r"\bif you dont stop\b|\b(?:wont|dont|cant) you stop|\band text|text\w* and"
        r"|never stop",
    ),
    PhraseRule(
        "en.stop_sending",
        r"\b(?:stop|quit|cease) (?:with )?(?:sending|sends|send)(?: (?:me|us|to|my|this"
        r"|phone|number"
        rf"|cell|please|now|{_ABUSIVE}|all|the|of|out|anymore|it|them|{_JUNK}|your))*$",
        guards=(_NEGATED,),
        rescue=r"\bif you dont stop\b",
    ),
    PhraseRule(
        "en.stop_getting",
        rf"\b(?:stop|quit) (?:getting|receiving|receive|hearing from) {_FILL}(?:{_MSG}"
        rf"|you\b|{_JUNK})",
        guards=(_NEGATED, _MAIL, _GOODS),
    ),
    PhraseRule(
        "en.bare_stop",
        rf"^(?:{_PLEASE} )*(?:stop|unsubscribe|opt out|unstop me|cease|desist"
        r"|cease and desist|quit it"
        rf"|revoke|knock it off|cut it out|give it a rest|halt)"
        rf"(?: (?:{_PLEASE}|stop|unsubscribe|opt out|end|quit|cancel|of|please|remove))*$",
        guards=(
            r"\bi will stop\b",
            r"\bstop and (?:shop|go)\b",
            r"^it stop",
            r"\bhave enough\b",
            r"^i (?:\w+ )?(?:stop|quit|enough)\b",
            r"^(?:that|this|it) (?:will|would|can|should) stop",
            r"^(?:is|are|was) ",
        ),
        bare=True,
        rescue=r"\bi (?:said|want|need|would like|beg|must)\b",
    ),
    PhraseRule(
        "en.bare_end",
        r"^(?:(?:please|just|ok|okay|kindly|hey|now|yes|no|thanks) )*(?:end|quit|cancel"
        r"|remove|delete"
        r"|revoke|block|end (?:this|it)|no more|blocked)"
        r"(?: (?:please|now|thanks|thank you|immediately|asap|already|this|ok|stop|end|quit))*$",
        guards=(
            r"^(?:remove|delete|block|blocked|cancel|end|quit) this$",
            r"^yes\b",
            r"^(?:please )?(?:delete|block)(?: please)?$",
            r"^no cancel$",
        ),
        bare=True,
        whole=True,
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "en.leave_me",
        r"\b(?:leave|let) (?:me|us)(?: the (?:fuck|hell))? (?:alone|be)\b(?! (?:able|sure"
        r"|clear|honest"
        r"|contacted|in))|\bbuzz off\b|\bpiss off\b|\bbugger off\b|\bscrew off\b|\beff off\b"
        r"|\bget out of my (?:phone|inbox|messages|texts)\b|\btake (?:the|a) hint\b|\bgtfo\b",
        guards=(r"\b(?:dont|never|wont|didnt|cant) (?:\w+ )?(?:leave|let)\b", r"\blet me be\b"),
    ),
    PhraseRule(
        "en.go_away",
        rf"^(?:{_PLEASE} )*(?:go away|get lost|back off|fuck off|f off|fuck right off|shut up"
        rf"|shut the (?:fuck|hell) up|stfu|beat it|kick rocks|take a hike|get bent|lay off"
        rf"|bug off|hop off|let me go|spare me|eff off|jog on|sod off)"
        rf"(?: (?:{_PLEASE}|stop|and leave me alone))*$",
        bare=True,
    ),
)
