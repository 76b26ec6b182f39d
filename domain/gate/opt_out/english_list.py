"""English requests to be taken off: "remove me", "unsubscribe", "lose my number"."""

from domain.gate.opt_out.rule import PhraseRule

_MSG = (
    r"(?:texts?|messages?|texting|messaging|spam|promos?|promotions?|promotionals?|marketing|ads?"
    r"|adverts?|advertis\w+|solicit\w+|notifications?|notifs?|alerts?|blasts?|sms|mms"
    r"|communications?|communicating|correspondence|offers|coupons|deals|junk)"
)
_WORK = r"(?:wait ?list|hold|back ?order|order|cart|account|delivery|profile|card|giveaway|raffle)"
_OFF_LIST = (
    r"(?: (?:off|out)|(?: (?:off|out|from|of|in|on))(?: (?:of|this|your|the|that|all|any"
    r"|these|ur|a|every"
    r"|my|whatever|future|further)){0,3}(?: \w+){0,3}? (?:lists?|texts?|messages?|texting"
    r"|database|system|contacts?|group"
    r"|chain|thread|program|subscription|records|promos?|promotions?|marketing"
    r"|alerts|notifications|sms|spam|distribution|messaging|phone|communications?|campaigns?"
    r"|service|mailings?|blasts?|files?|book)|(?: (?:off|out|from|of))+ (?:this|here|it"
    r"|these|everything|yours|yall)"
    r"(?: (?:thing|shit|crap|stuff))?)?"
)
_ME = (
    r"(?:me|us|myself|it(?= from| off)|the number|my (?:phone |cell |mobile "
    r"|cellphone )?(?:number|name|info|information"
    r"|contact|contact info\w*|cell|phone|digits|data|line|husbands number|wifes number)"
    r"|this (?:phone |cell |mobile )?(?:number|phone|contact|line|person)|our (?:phone )?number"
    r"|number)"
)
# Inside these, the same words ask for something else; a hit becomes a doubt.
_NEGATED = (
    r"\b(?:dont|never|cant|cannot|couldnt|(?<!you )wont|didnt|doesnt|not|without|when (?:do|did"
    r"|will) (?:you|i|the|they|it)|(?:why )?did (?:you|i|the|they)|(?:why )?have you"
    r"|has (?:your|the)|if (?:i|we)|what if|what happens (?:if|when) i|happens? if|after i|once i"
    r"|before i|non|bus|pit|full|train|rest|truck|short|they|he|she|it|who) "
    r"(?:\w+ ){0,1}(?=stop|quit|cease|end|unsubscribe|opt)"
)
_MAIL = r"\b(?:e ?mails?|e ?mailing|newsletters?|mailers?|catalogs?|calls|calling|phone calls?)\b"
_REGRET = (
    r"\b(?:back|again|resubscribe\w*|mistake|mistakenly|accident\w*|didnt mean|wrongly|undo|re add"
    r"|rejoin|dont want to|not trying to|didnt|never (?:un|opt)|havent|not unsub\w*|dont unsub\w*"
    r"|dont opt|not opting|if i|when i|after i|before i|what happens|was i|were we|why was"
    r"|got unsub\w*|been unsub\w*|what does|meaning|without|would i|will i)\b"
)
_THINGS = (
    r"\b(?:insurance|protection|warranty|gift|data|cookies?|tracking|rewards?|membership|signature"
    r"|package|route|auto ?renew\w*|auto ?ship|box|coffee|monthly (?:plan|box|order)|subscribe and"
    r"|product|delivery|paperless|billing|survey|trial|donation|substitutions?|plan|class|lesson)\b"
)

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "en.remove_me",
        r"\b(?:remove|take|delete|drop|get|scratch|erase|strike|pull|purge|wipe|yank"
        r"|kick|cut|exclude"
        rf"|removing|removed) {_ME}(?: (?:please|completely|immediately|now|asap))?{_OFF_LIST}"
        rf"(?: (?:please|now|thanks|thank you|asap|immediately|already|today|anymore|right|away"
        rf"|permanently|forever|ok|at once))*$",
        vetoes=(
            r"\b(?:dont|didnt|not|never|did you|why did you) (?:\w+ )?(?:remove|take|delete|drop) ",
        ),
        guards=(
            _MAIL,
            rf"\b{_WORK}\b",
            r"\bold\b",
            r"\bget (?:me|us|myself|my|this|number|from)(?: (?:in|on|out"
            r"|of|the|a)\b)*(?: \w+)?$",
            r"\b(?:discount|percent|price|charge|waiting)\b",
            r"\b(?:delete|remove|erase|get|take|drop) my (?:data|info\w*|name"
            r"|contact info\w*)\b(?! off)",
            r"^(?:does|did|do) ",
        ),
        rescue=r"\bget (?:me|us|my \w+|this number) (?:off|out of)(?: (?:of|this|your|the|that"
        r"|here|damn"
        r"|stupid|fucking|these|all))*(?: (?:lists?|texts?|messages?|database|thread|here|thing"
        r"|group|spam|marketing))?$|\b(?:mailing|text\w*|marketing|contact|call|sms"
        r"|distribution) list",
    ),
    PhraseRule(
        "en.off_list",
        r"\b(?:off|out) (?:of )?(?:this|your|the|ur|these|that|all)(?: \w+){0,2} (?:lists?|texts"
        r"|text chain|text thread|messages|database|mailing list|distribution|marketing)\b",
        guards=(
            rf"\b{_WORK}\b",
            r"\b(?:sold|percent|discount|\d+) (?:off|out)",
            r"\bget on\b",
            r"^(?:am i|are we|was i|is my|did i)\b",
            _MAIL,
        ),
    ),
    PhraseRule(
        "en.lose_number",
        r"\b(?:lose|forget|delete|erase|toss|burn|unsave|drop) (?:my|this"
        r"|our) (?:\w+ )?(?:number|digits|contact)\b"
        r"|\b(?:lose|forget) (?:my|this|our) (?:phone )?(?:number|digits)",
        guards=(
            r"\bmy order number\b",
            r"\b(?:i|did i|dont|didnt|if i|to) (?:lose|forget)\b",
            r"\bfrom my account\b",
            r"\b(?:tracking|order|account|old) number\b",
        ),
        rescue=r"\b(?:need|want|like|please|favou?r and|kindly|ask) (?:you )?to (?:lose|forget)\b",
    ),
    PhraseRule(
        "en.unsubscribe",
        r"\b(?:unsubscribe|opt (?:me |us |my number |this number |my phone |this phone )?out"
        r"|opting out|unsubscribing|opted me out)\b",
        guards=(_REGRET, _MAIL),
        vetoes=(_THINGS,),
        rescue=r"\b(?:how|where) (?:do|can|to|could|would) (?:i|you|we|one)?\b|\bcant unsub"
        r"|\bwhy (?:cant|cannot)|\b(?:texts?|messages|sms) (?:and|or) e ?mails?\b"
        r"|\be ?mails? (?:and|or) (?:texts?|sms|messages)\b"
        r"|\btext (?:messages?|list|alerts)\b|\bagain (?:and|please|for)\b",
    ),
    PhraseRule(
        "en.unsubscribed_already",
        r"\b(?:i|ive|have|thought i|we|i have|already) (?:have |already |just |had |clearly )*"
        r"(?:unsubscribed|opted out)\b",
        guards=(_REGRET, r"\bby\b", _MAIL, _THINGS),
        rescue=r"\bstill\b|\bkeep\b|\balready\b|\btimes\b",
    ),
    PhraseRule(
        "en.cancel_messages",
        r"\b(?:cancel|end|terminate|disable|deactivate|turn off|shut off|suspend|revoke"
        r"|discontinue"
        rf"|shut down|switch off)(?: (?:all|my|the|these|this|those|your|any|of|from|future|text"
        rf"|sms|please|subscription to|marketing|enrollment in)){{0,5}} (?:{_MSG}|text subscription"
        rf"|sms subscription|text updates)\b",
        guards=(_MAIL, _NEGATED, r"\bapp\b", r"\b(?:sale|promo\w*|offers?|deals?) end"),
    ),
)
