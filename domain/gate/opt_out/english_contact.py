"""English requests not to be contacted: "do not text me", "not interested"."""

from domain.gate.opt_out.rule import PhraseRule

_MSG = (
    r"(?:texts?|messages?|texting|messaging|spam|promos?|promotions?|promotionals?|marketing|ads?"
    r"|adverts?|advertis\w+|solicit\w+|notifications?|notifs?|alerts?|blasts?|sms|mms"
    r"|communications?|communicating|correspondence|offers|coupons|deals|junk)"
)
_ABUSIVE = (
    r"(?:fucking|damn|goddamn|freaking|bloody|stupid|annoying|dumb|shitty|constant|daily|shit)"
)
_TIMED = (
    r"\b(?:before|after|until|till|while|during|between|at (?:night|work|\d)|tonight|so early"
    r"|so late|this (?:early|late)|(?:past|by) \d|on (?:sundays?|weekends)"
    r"|in the (?:middle|morning)"
    r"|back|instead)\b"
)
_GOODS = (
    r"\b(?:order|orders|packages?|items?|box|boxes|parcels?|shipments?|replacements?"
    r"|invoices?|bills?"
    r"|codes?|links?|refunds?|returns?|samples?|tracking|sizes?|catalogs?|deliver\w+|shipping"
    r"|charging|charged|payments?|auto ?ship|appointments?|receipts?|orders?|subscription box)\b"
)
_MAIL = r"\b(?:e ?mails?|e ?mailing|newsletters?|mailers?|catalogs?|calls|calling|phone calls?)\b"
_OTHER_SUBJECT = (
    r"\b(?:you|they|he|she|it|who|i|we|system|does|why|did|site|website|store) (?:just "
    r"|still |even |also )?"
    r"(?:dont|never)\b(?<!ask you dont)"
)

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "en.dont_contact",
        r"\b(?:dont|never|not to|not|nor)(?: (?:ever|please|you|need to|have to|bother"
        r"|want you to|to"
        r"|even|you dare|fucking|again|continue to|contact or|call or|text or|email or"
        rf"|keep)){{0,4}} "
        r"(?:text|message|contact|ping|spam|reach out|hit me up|solicit|texting"
        r"|messaging|contacting"
        r"|bother|market|write|sms|disturb)(?: (?:to|me|us|or|and|call|email|text"
        r"|message|contact|my|this"
        r"|number|phone|cell|here|anymore|again|ever|please|at all|with|thanks|thank|you"
        r"|no|more|in"
        rf"|the|future|line|on|about|your|these|{_MSG}|at|for|any|reason|period|further|else"
        rf"|under|circumstances|unless|until))*$",
        guards=(
            _TIMED,
            _OTHER_SUBJECT,
            r"\btext (?:and|while) driv",
            r"^(?:you|they|i) not\b",
            r"\bif not\b",
            r"\bwhy\b",
            r"^(?:did|do|does|should|may|can) i\b",
            r"\bi (?:dont|never|did not|not) (?:text|message|contact|write)",
        ),
        rescue=r"\b(?:ask|asked|request|prefer|rather|sure|appreciate|like it if|that) you dont\b"
        r"|\bunless\b",
    ),
    PhraseRule(
        "en.dont_contact_more",
        r"\b(?:dont|never|not)(?: \w+){0,3} (?:text|message|contact|bother|write to|write)"
        r" (?:\w+ ){0,4}?(?:anymore|again|ever|no more|please stop|in the future)\b",
        guards=(_OTHER_SUBJECT, _GOODS, r"\bhim|her\b"),
    ),
    PhraseRule(
        "en.dont_send",
        r"\b(?:dont|never|not|nor)(?: (?:ever|please|you|want you to|to|need to|bother"
        r"|keep|have to"
        rf"|continue)){{0,3}} (?:send|sending|keep sending)(?: (?:me|us|to|this|number|my"
        r"|phone|any|anymore"
        rf"|more|of|these|those|your|the|such|so|many|{_ABUSIVE}|sms|text|marketing"
        r"|promotional|promo"
        rf"|sale|please|again|further|unsolicited|kind))*?"
        rf" (?:{_MSG}|these|those|this (?:stuff|crap|shit|anymore)|stuff|anymore|again"
        r"|anything|more)\b",
        guards=(_OTHER_SUBJECT, _GOODS, _TIMED, _MAIL),
        rescue=r"\b(?:ask|request|prefer|rather|sure|appreciate|that) you dont\b",
    ),
    PhraseRule(
        "en.unwanted",
        r"\b(?:dont|never|no longer|not|nor do i|didnt)(?: (?:really|even|ever|longer"
        r"|also|ask to|asked"
        rf"|currently|please)){{0,2}} "
        r"(?:want|wish|need|care|like|desire|wanna|appreciate|enjoy|would like|wanting"
        r"|wishing|prefer"
        rf"|interested in|ask for|asked for|request)"
        r"(?: (?:to|for|you|about|it|any|anymore|more|these|those|the|your|this|all|so"
        r"|many|much|be"
        r"|get|getting|receive|receiving|have|hear|hearing|keep|kept|see|being|of"
        r"|sending|me|on|my|phone"
        r"|promotional|promo|marketing|sale|sales|text|sms|further|daily|from"
        rf"|unsolicited|such|{_ABUSIVE}"
        rf"|part|in)){{0,8}}?"
        rf" (?:{_MSG}|texted|contacted|messaged|notified|contact|hear from (?:you|u|this)|bothered"
        rf"|solicited|(?:your|this|the|that) (?:\w+ )?(?:list|program)|subscribed|spammed"
        rf"|receive (?:these|this|anything|anymore|them)|get (?:these|this|anything|anymore|them)"
        rf"|(?:these|them|this) (?:anymore|on my phone|at all|no more|sent))\b",
        guards=(
            _MAIL,
            _GOODS,
            r"\bto (?:miss|lose|stop|unsubscribe|opt)\b",
            _TIMED,
        ),
        rescue=r"\bonly\b|\bback\b.*\btext",
    ),
    PhraseRule(
        "en.rather_not",
        r"\b(?:rather|prefer|like|ask|request|appreciate"
        r"|want)(?: \w+){0,4} not (?:to )?(?:\w+ ){0,4}?"
        r"(?:texts|messages|texted|contacted|messaged|contact me|text me|text|get these"
        r"|receive these"
        r"|notifications|promos|spam|marketing|text messages|alerts)\b(?! (?:him|her|them|it)\b)",
        guards=(_TIMED, _GOODS, _MAIL),
    ),
    PhraseRule(
        "en.not_interested",
        r"^(?:(?:im|were|are|we|hi|hey|hello|sorry|no|ok|nope|nah|thanks|thank you|but|still|very"
        r"|really|am|i|just|please|honestly|definitely|absolutely|totally|simply|at all"
        r"|100) )*(?:not|no"
        r" longer|never|aint|isnt|zero|have no|no|got no|not at all)(?: (?:really|longer"
        r"|very|even|at"
        r" all|remotely))? (?:interested|interest)"
        r"(?: (?:in|anymore|at all|at this time|please|thanks|thank|you|sorry|any|of|this"
        r"|these|your"
        r"|that|texts|messages|offers?|products?|company|brand|services?|anything|what"
        r"|are|selling|buying"
        r"|receiving|getting|hearing|from|deals|promotions?|marketing|sales?|stuff|now|bye|but|good"
        r"|luck|whatsoever|so|here|have|to|sell|ever|further|contact|shopping|with|it|and|stop|dont"
        r"|text|me|again|remove|unsubscribe|texting))*$",
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "en.no_more",
        rf"\bno more(?: (?:of|these|those|your|the|this|please|{_ABUSIVE}|sale|unwanted"
        r"|random|automated|marketing|promo|promotional|text))*"
        rf" (?:{_MSG}|sending|contact|please|from you|of this|of these)\b",
        guards=(
            r"\b(?:there|are|have|got|get|getting|why) (?:\w+ )?no more\b",
            r"\b(?:ads|deals|offers"
            r"|coupons|promos|promotions)\b.*\?",
            _GOODS,
            r"no more please\b.+",
        ),
    ),
)
