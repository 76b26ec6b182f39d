"""English opt-outs that name no message: complaints, consent, blocking, our own instruction."""

from domain.gate.opt_out.rule import PhraseRule

_MSG = (
    r"(?:texts?|messages?|texting|messaging|spam|promos?|promotions?|marketing|ads|notifications?"
    r"|alerts?|sms|contact)"
)
_KEYWORD = r"(?:stop|end|quit|unsubscribe|cancel|optout|opt out|stop all|stopall)"

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "en.told_you",
        r"\b(?:i|ive|have|we|already|just) (?:\w+ )?(?:said|asked|told|requested|replied|texted|sent|typed"
        r"|wrote|responded|say|saying|tell|text|reply)(?: (?:you|to|for|this|that|people|with|all|guys"
        r"|them|the|word|be|already|multiple|times|twice|\d|times to|your company|before|about)){0,5} "
        r"(?:stop|unsubscribe|be removed|removed|remove|quit|cease|no more|opt out)\b(?! (?:the|my|an?|"
        r"shipping|ship|order|delivery|and shop))",
        guards=(
            r"\b(?:order|mistake|accident\w*|back|again please add|wrong|what happens|if i|when i"
            r"|should i|do i|can i|shipment|package|subscription)\b",
        ),
        rescue=r"\btexts\b|\bmessages\b|\btimes\b|\bstill\b",
    ),
    PhraseRule(
        "en.asking_you",
        r"\b(?:asking|telling|begging|texting|replying|saying|typing|keep texting|keep replying|keep saying)(?: (?:you|to|yall|the"
        r"|word|this|nicely|that|guys))* (?:stop|unsubscribe|remove me|quit|cease)\b(?! (?:the|my|an?|by|at|in)\b)"
        r"|\bwhat part of (?:stop|no|unsubscribe|leave me alone|dont)\b"
        r"|\b(?:understand|read|comprehend|spell|respect|honou?r) (?:the word |my )?(?:stop|no means no)\b|\bhow many stops\b"
        r"|\b(?:already )?told (?:you|yall)(?: (?:guys|people|all))? no\b|^stop (?:isnt|doesnt|does not|is not|aint) work\w*|^stop means\b|\bno means no\b",
        guards=(r"\b(?:order|shipment|package|subscription|if i|mistake)\b",),
    ),
    PhraseRule(
        "en.leading_stop",
        r"^(?:(?:please|ok|hey|omg|just|no|yes) )*stop (?:i|im|ive|not|never|dont|we|were|you|youre|you are|with|wrong|my phone|at|asap|or)\b",
        guards=(
            r"\b(?:order|shipment|package|shipping|delivery|subscription|item|tempting|making|sell\w*|releas\w*|being|so good"
            r"|or (?:start|keep|continue|go)|at the (?:store|light|shop))\b",
            r"^stop at \d",
            r"^stop with (?:the|my) (?:order|return)",
        ),
        bare=True,
    ),
    PhraseRule(
        "en.trailing_stop",
        r"\b(?:please|just|so|now|or|kindly|seriously) (?:\w+ )?stop(?: please| now| already| thanks| it)*$"
        r"|\b(?:you|yall|this|these|it all|everyone|them|the texts|texts|messages) (?:guys )?to (?:\w+ )?(?:stop|quit|cease)(?: please| now| already)*$",
        guards=(
            r"\b(?:order|shipment|package|shipping|delivery|subscription|bus|train|where|which|next|zipper|leak\w*|bleed\w*|dog|cat|noise|alarm)\b",
            r"\b(?:just|will|did|does|has|have|it|just (?:won?t|will)|cant|couldnt) stop$",
            r"\bat (?:the|that) \w+ stop$",
        ),
        rescue=r"\b(?:text\w*|messag\w*|spam\w*)\b",
        bare=True,
    ),
    PhraseRule(
        "en.stop_my_phone",
        r"\b(?:stop|quit) (?!charging|breaking|protecting|dropping)\w+ing (?:up |on |at )?(?:my|this|our) (?:line|phone|number|cell|inbox|mobile|phone number)\b"
        r"|\b(?:leave|let) (?:my|this|our|her|his|the) (?:\w+ )?(?:phone|number|line|cell|mom|wife|husband|inbox|family|mother|dad) (?:alone|be)\b"
        r"|\b(?:text|message|bother|contact|harass|annoy|spam|call|pester)(?:ing)? (?:someone|somebody|some one|anyone|anybody|literally anyone) else\b"
        r"|\b(?:someone|somebody) else to (?:text|bother|message|annoy|spam|harass)\b",
        guards=(
            r"\b(?:instead|can|should|do|did you) (?:i|you|someone)\b",
            r"^(?:did|can|could|should|do|does) ",
        ),
    ),
    PhraseRule(
        "en.other_verbs",
        r"\b(?:sign me off|un ?enroll|unenroll|dis ?enroll|deregister|unregister|desubscribe|unlist|deactivate|unsign)(?: (?:me|us|my|this|from|number"
        r"|phone|the|your|texts|list|please|all|messages|sms|alerts))*$"
        r"|\b(?:scrub|get rid of|eliminate|clear|purge|expunge|lose) (?:me|my (?:\w+ )?number|this (?:\w+ )?number|us)\b"
        r"|\b(?:remove|delete|take|erase|drop)(?: (?:please|this|my|number|the|phone|off|cell))* (?:\d{7,}|\d{3} \d{3} \d{4})\b"
        r"|\b(?:remove|delete|take|strike|drop)(?: please)? (?:off|from|out of)(?: (?:this|your|the|all|any|ur|that|my))?(?: \w+)? ?(?:list|lists|texts|messages|database)\b"
        r"|\b(?:i )?(?:decline|refuse)(?: to| any| all| further| your| these| receiving| receive| get| more| be)* (?:texts?|messages?|sms|contact\w*|communications?)\b"
        r"|\b(?:no|zero|not another|without) (?:further|additional|more|future)(?: (?:of|these|your|text|sms|marketing))*"
        r" (?:texts?|messages?|contact|communications?|correspondence|sms|notifications|outreach)\b",
        guards=(
            r"\b(?:wait ?list|cart|order|account|packing|guest|wish ?list|wishlist|my list|tracking|rewards?)\b",
            r"\b(?:there (?:is|was|were|are)|got|received|had|have|get) no (?:further|more)\b",
            r"\be ?mail\w*",
        ),
    ),
    PhraseRule(
        "en.permission",
        r"\bconsent (?:is |has been |was |hereby )*(?:revoked|withdrawn|denied|rescinded|removed)\b"
        r"|\b(?:dont|do not|no longer|not|never) (?:\w+ )?(?:have|had|given|gave|give|got)(?: (?:my|any|you|the|our))* (?:permission|consent|authorization)\b",
        guards=(r"\b(?:charge|card|photo|account)\b",),
    ),
    PhraseRule(
        "en.announces",
        r"^(?:(?:and|ok|just|now|bye|im|i|have|ive) )*(?:unsubscribed|opted out|unsubscribing|opting out)(?: (?:bye|thanks|please|now|ok))*$",
        whole=True,
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "en.be_removed",
        r"\b(?:i|we|me|my|us|this number|please|can|could|like|want|request|asked|wish)(?: \w+){0,5} "
        r"(?:be|get|getting|being|number) (?:removed|taken off|deleted|dropped|unsubscribed)(?: (?:from|off|of|this|your|the|all|any|these|that|immediately|please|now|asap|thanks|texts?|messages?"
        r"|lists?|mailing|texting|marketing|sms|contact|contacts|database|system|distribution|promo|promotional|text|message|my|company|here|ok))*$",
        guards=(
            r"\b(?:it|charge\w*|items?|fees?|that|them|bill|amount|card|account|address|error|wait ?list|cart|order|review"
            r"|photo|post|expense|profile|stain|hold|\d+|tag|label) (?:\w+ ){0,3}?(?:be|get) (?:removed|taken|deleted|dropped)",
            r"^(?:get|be|getting) (?:off|dropped)$",
            r"\b(?:wait ?list|cart|order|account)\b",
            r"\bgetting off\b",
            r"\bto get off$",
            r"\b(?:why|was i|did i) \w*",
        ),
    ),
    PhraseRule(
        "en.no_marketing",
        r"^(?:(?:please|ok|hi|hey|thanks|and|yes) )*no (?:more )?(?:calls? (?:or|and) )?(?:(?:of )?(?:these|your|sale|sales|text|marketing|promo|promotional|spam|sms) )*"
        r"(?:marketing|promos?|promotions?|promotionals?|ads|texts?|messages?|spam|solicitations?|solicitors|soliciting|sms|messaging|texting|notifications|alerts)"
        r"(?: (?:please|thanks|thank|you|texts?|messages?|ever|at|all|to|this|number|on|my|phone|ok|pls|anymore|here))*$",
        guards=(r"^no (?:messages?|text|notifications?|alerts?)$",),
        whole=True,
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "en.dont_want",
        r"^(?:(?:i|please|really|just|we|sorry|no|thanks|hi) )*(?:dont|do not|no longer) (?:really )?(?:want|need)"
        r"(?: (?:this|these|them|it|anymore|any|more|of|your|stuff|please|thanks|thank|you|crap|junk|shit|ever|that|sorry))*$",
        whole=True,
        needs_campaign_or_silence=True,
        guards=(r"\b(?:it|that|this)$", r"^no thanks", r"\b(?:want|need) (?:them|any|more)$"),
    ),
    PhraseRule(
        "en.how_many_times",
        r"\bhow many (?:more )?times (?:\w+ ){0,6}(?:stop|unsubscribe|no|remove|quit|opt out)\b",
    ),
    PhraseRule(
        "en.why_still",
        rf"\bwhy (?:\w+ )?(?:am i|are you|do you|do i|did you|is this|does this|are we|you|i) (?:\w+ )?"
        rf"(?:still|keep|continue|constantly|always|guys keep)(?: (?:getting|receiving|texting|messaging"
        rf"|sending|contacting|to|get|receive|text|message|send|me|us|these|this|the|your|so|many|getting"
        rf"|spamming|bothering|harassing|hearing|from|all))*"
        rf"(?: (?:{_MSG}|these|this|me|you|from you|spamming me|bothering me|harassing me))\b",
        guards=(r"\b(?:charged|charging|bill|order|package|error|code|e ?mails?|wrong)\b",),
    ),
    PhraseRule(
        "en.still_getting",
        rf"\bstill (?:getting|receiving|get|receive|texting|messaging|sending|being)(?: \w+){{0,4}} "
        rf"?(?:{_MSG}|these|me|texted|contacted)\b.*\b(?:unsubscribed|opted out|stop|asked|said|told|blocked)\b"
        rf"|\b(?:unsubscribed|opted out|stop|asked|said|told)\b.*\bstill (?:getting|receiving|get|receive"
        rf"|texting|messaging|sending)\b",
        guards=(r"\be ?mails?\b", r"\bwant\b.*\bback\b"),
    ),
    PhraseRule(
        "en.how_to_stop",
        rf"\b(?:how|where|what|any way|is there|way)(?: \w+){{0,5}} (?:stop|end|get off|get out of|turn off|cancel"
        rf"|block|avoid|get rid of|be removed from|get removed from|get taken off|get away from|quit"
        rf"|shut off|opt out of|disable|make (?:this|it|these|them|the texts|you) stop|to stop)"
        rf"(?: (?:getting|receiving|these|this|the|all|your|you|of|from|sending|so|many|constant|texting"
        rf"|me|list|annoying|text|sms|those|promo|promotional|marketing))*(?: (?:{_MSG}|list|thing|from"
        rf" you|you from|this list|these|stop|me)|$)",
        guards=(
            r"\b(?:app|order|delivery|subscription|shipment|squeak\w*|leak\w*|shrink\w*|slipping"
            r"|pilling|item|what happens|wash|beep\w*|alarm|noise|account|e ?mails?|fading"
            r"|sliding|itch\w*|curling|sale|deal|does|bus|ring|light)\b",
        ),
    ),
    PhraseRule(
        "en.threat",
        rf"\b(?:if|next time|one more|another|send|get|text)(?: \w+){{0,4}} (?:one more|another|again|more)(?: \w+){{0,3}}"
        rf" ?{_MSG}\b.*\b(?:never|block\w*|report\w*|done|sue|lawyer|boycott|cancel\w*|not shopping|unsubscribe)\b",
        guards=(r"\bhappy\b", r"\?$"),
    ),
    PhraseRule(
        "en.consent",
        r"\b(?:revok\w+|withdraw\w*|rescind\w*|retract\w*|cancel\w*)(?: (?:my|all|any|the|prior|previous"
        r"|express|written)){0,4} (?:consent|permission|authorization|opt in)\b"
        r"|\b(?:dont|do not|did not|didnt|never|not|no longer|have not) (?:\w+ )?(?:consent|consented"
        r"|agree|agreed|authorize|authorized|gave (?:you )?(?:consent|permission)|give (?:you )?(?:consent"
        r"|permission))(?: (?:to|for|this|these|you|your|receive|receiving|be|being|contacting|any|to"
        r"|get|getting|my|number|me|using|contacted|texted|texts|messages|texting|marketing|permission|text"
        r"|message|contact|ever|anything|here))*$",
        guards=(r"\b(?:charge|price|terms|refund|photo|order|subscription)\b",),
    ),
    PhraseRule(
        "en.never_signed_up",
        r"\b(?:never|didnt|did not|dont remember|dont recall|not) (?:\w+ )?(?:sign(?:ed|ing)? (?:up|on)"
        r"|subscribed?|subscribing|opt(?:ed)? in|ask(?:ed)? for|request(?:ed)?|register(?:ed)?)"
        r"(?: (?:for|to|this|these|any|your|of|the|it|texts?|messages?|list|anything|alerts|texting"
        r"|marketing|promos|promotions|sms|spam|receive|get|be|texted|from|you|contacted|program))*$",
        guards=(r"\?$", r"\b(?:subscription|box|charge\w*|order)\b"),
    ),
    PhraseRule(
        "en.blocking",
        r"\b(?:im|i am|i will|ill|going to|gonna|about to|have to|i|we are|consider yourself|you are"
        r"|youre|your|being|getting|a|yourself|you have been) (?:\w+ )?(?:blocking|block|blocked)"
        r"(?: (?:you|this|this number|your number|u|and|reported|reporting|now|ur number|the number|bye"
        r"|your texts|these|from my phone|as spam|report))*$"
        r"|^(?:just |now |ok |and |i )*block(?:ing|ed) (?:you|u|this|your|ya)(?: (?:number|now|and|reporting|reported|bye|spam))*$"
        r"|\b(?:ill|i will|im going to|gonna|going to|about to|have to|will) (?:\w+ )?block (?:you|u|this|your|ya)\b"
        r"|\bmark(?:ed|ing)? (?:you |this |it |these |as )*(?:spam|junk)\b|\breport(?:ed|ing)?(?: \w+){0,5} (?:as|for) (?:spam|junk)\b"
        r"|^report(?:ed|ing) (?:as |for )?(?:spam|junk)\b"
        r"|\bblock(?:ed)? and report(?:ed)?\b|\bblock (?:me|this number)\b"
        r"|\breport(?:ed|ing)? (?:you |this |it |these |this number |your number )?(?:as|for) (?:junk|spam)",
        guards=(r"\b(?:card|account|payment|order|why|was i|am i|been i|color|uv|dont|if)\b",),
    ),
    PhraseRule(
        "en.spam_complaint",
        r"^(?:(?:this|that|it|these|those|all of this|you|all|ugh|wow|omg|stop) )*(?:is|are|youre|your|thats"
        r"|its|you are|are you)?(?: (?:such|just|all|nothing but|only|pure|a|so much|literally|total))*"
        r" ?(?:spamming me|spamming us|harassing me|harassment|bothering me|bugging me)(?: \w+){0,3}$"
        r"|\b(?:enough|sick and tired|tired|sick|fed up|done|over it|had it|annoyed)(?: (?:with|of|by|getting"
        r"|receiving|all|these|this|your|the|so|many|constant|you|already))*"
        r" (?:texts?|messages?|spam|texting(?: me)?|messaging me|notifications|promos|promotions|marketing)\b",
        guards=(r"\b(?:someone|they|he|she|who)\b", r"\?$"),
    ),
    PhraseRule(
        "en.done",
        r"\b(?:im|we are) (?:so |completely |totally )?(?:done|finished|through|out)(?: (?:with|getting"
        r"|receiving))? (?:these|this|your|you|all|the)(?: \w+){0,2} ?(?:texts?|messages?|list|spam"
        r"|texting|notifications)\b|\bcount me out\b|\b(?:i )?want (?:out|off)(?: (?:of )?(?:this|your|the"
        r"|all|these)(?: \w+)?)?$|\blet me (?:off|out of) (?:this|the|your)\b|\bi want off\b",
        guards=(
            r"\b(?:percent|\d+) off\b",
            r"\b(?:subscribe|subscription|contract|order|return|exchange|box)\b",
        ),
    ),
    PhraseRule(
        "en.repeats_instruction",
        rf"^(?:(?:reply|text|send|respond|type|msg|message)(?: (?:with|back|the word))? )?{_KEYWORD}"
        rf"(?: (?:to|for|and|the|all|any|of))+ (?:end|stop|opt out|unsubscribe|cancel|quit|optout"
        rf"|be removed|out|opt|unsub|opt out of|messages|further|texts|msgs)(?: \w+){{0,5}}$"
        rf"|^(?:reply|text|send|respond with|type) {_KEYWORD}$|^{_KEYWORD} (?:to|for) \d{{4,6}}$",
        guards=(r"\bif\b", r"\bwhat\b", r"\bdoes\b", r"\bdid\b", r"\bi\b"),
    ),
    PhraseRule(
        "en.no_contact_order",
        r"\bput (?:me|this number|my number|us)(?: \w+)? (?:on|in|to) (?:\w+ )?(?:your |the |a )?(?:do not|dont|no)"
        r" (?:\w+ )?(?:call|contact|text|message)\b|\b(?:on|in) the (?:do not|dont) (?:call|text|contact)"
        r" (?:list|registry)\b|\bremoval from (?:your|this|the|all) (?:\w+ )?(?:list|database|texts)"
        r"|\bi no longer (?:shop|live|use|need|want)(?: \w+){0,4} (?:texts?|messages?|list)\b",
    ),
    PhraseRule(
        "en.make_it_stop",
        r"^(?:(?:please|just|omg|ugh|can|someone|you|could|seriously) )*make (?:it|this|these|them"
        r"|these texts|the texts|the messages|this shit|the madness) stop(?: please| now| already)*$"
        r"|^(?:this|these|it|the texts|these texts|the messages|this shit|you) (?:need|needs|have|has|must)"
        r" (?:to )?stop(?: now| please| immediately| already| texting me)*$",
        bare=True,
    ),
    PhraseRule(
        "en.only_orders",
        r"\bonly (?:text|message|contact|send|want)(?: (?:me|us|to|get|receive|texts?|messages?|updates?"
        r"|about|for|with|regarding|if|when|my|an?|the|its|your|there|is|to|do|with|hear|info)){0,9}"
        r" (?:orders?|shipping|shipment|delivery|tracking|deliveries)\b"
        r"|\b(?:just|only) (?:the )?(?:order|shipping|delivery|tracking)"
        r" (?:updates?|texts|notifications?|messages|alerts|info)\b(?=.*\bno\b|.*\bplease\b|$)"
        r"|\b(?:dont|never|not|stop|no)\b.*\b(?:text|message|contact|texting|messages|texts)\b.*\bunless"
        r" (?:its |it is )?(?:about |regarding |for )?(?:my|an|about my|i have an) (?:order|delivery|package)",
        guards=(r"^(?:i )?(?:can|could|do|does|is|will|did|only see|why)\b",),
    ),
)
