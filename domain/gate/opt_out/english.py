"""English ways to ask for no more texts, as rules over plain words of one sentence."""

import re

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
    r"|hell|bitch|asshole|assholes|idiots|morons|or|else|spam|is|again|with|there|team|texts|messages"
    r"|what|part|final|last|time|warning|second|third|request|attempt|wants|pleading"
    r"|them|go|from|here)"
)
_WORK = r"(?:wait ?list|hold|back ?order|order|cart|account|delivery|profile|card|giveaway|raffle)"
_OFF_LIST = (
    r"(?: (?:off|out)|(?: (?:off|out|from|of|in|on))(?: (?:of|this|your|the|that|all|any|these|ur|a|every"
    r"|my|whatever|future|further)){0,3}(?: \w+){0,3}? (?:lists?|texts?|messages?|texting|database|system|contacts?|group"
    r"|chain|thread|program|subscription|records|promos?|promotions?|marketing"
    r"|alerts|notifications|sms|spam|distribution|messaging|phone|communications?|campaigns?"
    r"|service|mailings?|blasts?|files?|book)|(?: (?:off|out|from|of))+ (?:this|here|it|these|everything|yours|yall)"
    r"(?: (?:thing|shit|crap|stuff))?)?"
)
_ME = (
    r"(?:me|us|myself|it(?= from| off)|the number|my (?:phone |cell |mobile |cellphone )?(?:number|name|info|information"
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
_TIMED = (
    r"\b(?:before|after|until|till|while|during|between|at (?:night|work|\d)|tonight|so early"
    r"|so late|this (?:early|late)|(?:past|by) \d|on (?:sundays?|weekends)|in the (?:middle|morning)"
    r"|back|instead)\b"
)
_GOODS = (
    r"\b(?:order|orders|packages?|items?|box|boxes|parcels?|shipments?|replacements?|invoices?|bills?"
    r"|codes?|links?|refunds?|returns?|samples?|tracking|sizes?|catalogs?|deliver\w+|shipping"
    r"|charging|charged|payments?|auto ?ship|appointments?|receipts?|orders?|subscription box)\b"
)
_MAIL = r"\b(?:e ?mails?|e ?mailing|newsletters?|mailers?|catalogs?|calls|calling|phone calls?)\b"
_OTHER_SUBJECT = (
    r"\b(?:you|they|he|she|it|who|i|we|system|does|why|did|site|website|store) (?:just |still |even |also )?"
    r"(?:dont|never)\b(?<!ask you dont)"
)
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
        "en.stop_contact",
        rf"\b(?:stop|quit|cease|discontinue|knock off|cut out|refrain from|enough(?: with| of)?"
        rf"|end|halt|desist|terminate) {_FILL}(?:{_ACT}|{_MSG})\b",
        guards=(_NEGATED, _MAIL, r"\b(?:end|stop) of\b", r"\b(?:sale|deal|offer|promo\w*) end"),
        rescue=r"\bif you dont stop\b|\b(?:wont|dont|cant) you stop|\band text|text\w* and|never stop",
    ),
    PhraseRule(
        "en.stop_sending",
        rf"\b(?:stop|quit|cease) (?:with )?(?:sending|sends|send)(?: (?:me|us|to|my|this|phone|number"
        rf"|cell|please|now|{_ABUSIVE}|all|the|of|out|anymore|it|them|{_JUNK}|your))*$",
        guards=(_NEGATED,),
        rescue=r"\bif you dont stop\b",
    ),
    PhraseRule(
        "en.stop_getting",
        rf"\b(?:stop|quit) (?:getting|receiving|receive|hearing from) {_FILL}(?:{_MSG}|you\b|{_JUNK})",
        guards=(_NEGATED, _MAIL, _GOODS),
    ),
    PhraseRule(
        "en.bare_stop",
        rf"^(?:{_PLEASE} )*(?:stop|unsubscribe|opt out|unstop me|cease|desist|cease and desist|quit it"
        rf"|revoke|knock it off|cut it out|give it a rest|enough already|enough is enough|halt)"
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
        r"^(?:(?:please|just|ok|okay|kindly|hey|now|yes|no|thanks) )*(?:end|quit|cancel|remove|delete"
        r"|revoke|block|end (?:this|it)|no more|blocked)"
        r"(?: (?:please|now|thanks|thank you|immediately|asap|already|this|ok|stop|end|quit))*$",
        guards=(
            r"^(?:remove|delete|block|blocked|cancel|end|quit) this$",
            r"^yes\b",
            r"^(?:please )?(?:remove|delete|block)(?: please)?$",
            r"^no cancel$",
        ),
        bare=True,
        whole=True,
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "en.dont_contact",
        rf"\b(?:dont|never|not to|not|nor)(?: (?:ever|please|you|need to|have to|bother|want you to|to"
        rf"|even|you dare|fucking|again|continue to|contact or|call or|text or|email or|keep)){{0,4}} "
        rf"(?:text|message|contact|ping|spam|reach out|hit me up|solicit|texting|messaging|contacting"
        rf"|bother|market|write|sms|disturb)(?: (?:to|me|us|or|and|call|email|text|message|contact|my|this"
        rf"|number|phone|cell|here|anymore|again|ever|please|at all|with|thanks|thank|you|no|more|in"
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
        rf"\b(?:dont|never|not)(?: \w+){{0,3}} (?:text|message|contact|bother|write to|write)"
        rf" (?:\w+ ){{0,4}}?(?:anymore|again|ever|no more|please stop|in the future)\b",
        guards=(_OTHER_SUBJECT, _GOODS, r"\bhim|her\b"),
    ),
    PhraseRule(
        "en.dont_send",
        rf"\b(?:dont|never|not|nor)(?: (?:ever|please|you|want you to|to|need to|bother|keep|have to"
        rf"|continue)){{0,3}} (?:send|sending|keep sending)(?: (?:me|us|to|this|number|my|phone|any|anymore"
        rf"|more|of|these|those|your|the|such|so|many|{_ABUSIVE}|sms|text|marketing|promotional|promo"
        rf"|sale|please|again|further|unsolicited|kind))*?"
        rf" (?:{_MSG}|these|those|this (?:stuff|crap|shit|anymore)|stuff|anymore|again|anything|more)\b",
        guards=(_OTHER_SUBJECT, _GOODS, _TIMED, _MAIL),
        rescue=r"\b(?:ask|request|prefer|rather|sure|appreciate|that) you dont\b",
    ),
    PhraseRule(
        "en.unwanted",
        rf"\b(?:dont|never|no longer|not|nor do i|didnt)(?: (?:really|even|ever|longer|also|ask to|asked"
        rf"|currently|please)){{0,2}} "
        rf"(?:want|wish|need|care|like|desire|wanna|appreciate|enjoy|would like|wanting|wishing|prefer"
        rf"|interested in|ask for|asked for|request)"
        rf"(?: (?:to|for|you|about|it|any|anymore|more|these|those|the|your|this|all|so|many|much|be"
        rf"|get|getting|receive|receiving|have|hear|hearing|keep|kept|see|being|of|sending|me|on|my|phone"
        rf"|promotional|promo|marketing|sale|sales|text|sms|further|daily|from|unsolicited|such|{_ABUSIVE}"
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
        rf"\b(?:rather|prefer|like|ask|request|appreciate|want)(?: \w+){{0,4}} not (?:to )?(?:\w+ ){{0,4}}?"
        rf"(?:texts|messages|texted|contacted|messaged|contact me|text me|text|get these|receive these"
        rf"|notifications|promos|spam|marketing|text messages|alerts)\b(?! (?:him|her|them|it)\b)",
        guards=(_TIMED, _GOODS, _MAIL),
    ),
    PhraseRule(
        "en.remove_me",
        rf"\b(?:remove|take|delete|drop|get|scratch|erase|strike|pull|purge|wipe|yank|kick|cut|exclude"
        rf"|removing|removed) {_ME}(?: (?:please|completely|immediately|now|asap))?{_OFF_LIST}"
        rf"(?: (?:please|now|thanks|thank you|asap|immediately|already|today|anymore|right|away"
        rf"|permanently|forever|ok|at once))*$",
        guards=(
            r"\b(?:dont|didnt|not|never|did you|why did you) (?:\w+ )?(?:remove|take|delete|drop) ",
            _MAIL,
            rf"\b{_WORK}\b",
            r"\bold\b",
            r"\bget (?:me|us|myself|my|this|number|from)(?: (?:in|on|out"
            r"|of|the|a)\b)*(?: \w+)?$",
            r"\b(?:discount|percent|price|charge|waiting)\b",
            r"\b(?:delete|remove|erase|get|take|drop) my (?:data|info\w*|name|contact info\w*)\b(?! off)",
            r"^(?:does|did|do) ",
        ),
        rescue=r"\bget (?:me|us|my \w+|this number) (?:off|out of)(?: (?:of|this|your|the|that|here|damn"
        r"|stupid|fucking|these|all))*(?: (?:lists?|texts?|messages?|database|thread|here|thing"
        r"|group|spam|marketing))?$|\b(?:mailing|text\w*|marketing|contact|call|sms|distribution) list",
    ),
    PhraseRule(
        "en.off_list",
        r"\b(?:off|out) (?:of )?(?:this|your|the|ur|these|that|all)(?: \w+){0,2} (?:lists?|texts"
        r"|text chain|text thread|messages|database|mailing list|distribution|marketing)\b",
        guards=(
            rf"\b{_WORK}\b",
            r"\b(?:sold|percent|discount|\d+) (?:off|out)",
            r"\bget on\b",
            _MAIL,
        ),
    ),
    PhraseRule(
        "en.lose_number",
        r"\b(?:lose|forget|delete|erase|toss|burn|unsave|drop) (?:my|this|our) (?:\w+ )?(?:number|digits|contact)\b"
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
        guards=(_REGRET, _MAIL, _THINGS),
        rescue=r"\b(?:how|where) (?:do|can|to|could|would) (?:i|you|we|one)?\b|\bcant unsub"
        r"|\bwhy (?:cant|cannot)|\b(?:texts?|messages|sms) (?:and|or) e ?mails?\b|\be ?mails? (?:and|or) (?:texts?|sms|messages)\b"
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
        rf"\b(?:cancel|end|terminate|disable|deactivate|turn off|shut off|suspend|revoke|discontinue"
        rf"|shut down|switch off)(?: (?:all|my|the|these|this|those|your|any|of|from|future|text"
        rf"|sms|please|subscription to|marketing|enrollment in)){{0,5}} (?:{_MSG}|text subscription"
        rf"|sms subscription|text updates)\b",
        guards=(_MAIL, _NEGATED, r"\bapp\b", r"\b(?:sale|promo\w*|offers?|deals?) end"),
    ),
    PhraseRule(
        "en.leave_me",
        r"\b(?:leave|let) (?:me|us)(?: the (?:fuck|hell))? (?:alone|be)\b(?! (?:able|sure|clear|honest"
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
    PhraseRule(
        "en.not_interested",
        r"^(?:(?:im|were|are|we|hi|hey|hello|sorry|no|ok|nope|nah|thanks|thank you|but|still|very"
        r"|really|am|i|just|please|honestly|definitely|absolutely|totally|simply|at all|100) )*(?:not|no"
        r" longer|never|aint|isnt|zero|have no|no|got no|not at all)(?: (?:really|longer|very|even|at"
        r" all|remotely))? (?:interested|interest)"
        r"(?: (?:in|anymore|at all|at this time|please|thanks|thank|you|sorry|any|of|this|these|your"
        r"|that|texts|messages|offers?|products?|company|brand|services?|anything|what|are|selling|buying"
        r"|receiving|getting|hearing|from|deals|promotions?|marketing|sales?|stuff|now|bye|but|good"
        r"|luck|whatsoever|so|here|have|to|sell|ever|further|contact|shopping|with|it|and|stop|dont"
        r"|text|me|again|remove|unsubscribe|texting))*$",
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "en.no_more",
        rf"\bno more(?: (?:of|these|those|your|the|this|please|{_ABUSIVE}|sale|unwanted|random|automated|marketing|promo|promotional|text))*"
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
