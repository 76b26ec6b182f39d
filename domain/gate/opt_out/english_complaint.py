"""English opt-outs that complain: "I said stop", "why are you still texting me"."""

from domain.gate.opt_out.rule import PhraseRule

_MSG = (
    r"(?:texts?|messages?|texting|messaging|spam|promos?|promotions?|marketing|ads|notifications?"
    r"|alerts?|sms|contact)"
)

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "en.told_you",
        r"\b(?:i|ive|have|we|already|just) (?:\w+ )?(?:said|asked|told|requested|replied"
        r"|texted|sent|typed"
        r"|wrote|responded|say|saying|tell|text|reply)(?: (?:you|to|for|this|that|people"
        r"|with|all|guys"
        r"|them|the|word|be|already|multiple|times|twice|\d|times to|your company|before"
        r"|about)){0,5} "
        r"(?:stop|unsubscribe|be removed|removed|remove|quit|cease|no more"
        r"|opt out)\b(?! (?:the|my|an?|"
        r"shipping|ship|order|delivery|and shop))",
        guards=(
            r"\b(?:order|mistake|accident\w*|back|again please add|wrong|what happens|if i|when i"
            r"|should i|do i|can i|shipment|package|subscription)\b",
        ),
        rescue=r"\btexts\b|\bmessages\b|\btimes\b|\bstill\b",
    ),
    PhraseRule(
        "en.asking_you",
        r"\b(?:asking|telling|begging|texting|replying|saying|typing|keep texting"
        r"|keep replying|keep saying)(?: (?:you|to|yall|the"
        r"|word|this|nicely|that|guys))* (?:stop|unsubscribe|remove me|quit"
        r"|cease)\b(?! (?:the|my|an?|by|at|in)\b)"
        r"|\bwhat part of (?:stop|no|unsubscribe|leave me alone)\b"
        r"|\b(?:understand|read|comprehend|spell|respect|honou?r) (?:the word "
        r"|my )?(?:stop|no means no)\b|\bhow many stops\b"
        r"|\b(?:already )?told (?:you|yall)(?: (?:guys|people|all))? no\b|^stop (?:isnt"
        r"|doesnt|does not|is not|aint) work\w*|^stop means\b|\bno means no\b",
        guards=(r"\b(?:order|shipment|package|subscription|if i|mistake)\b",),
    ),
    PhraseRule(
        "en.leading_stop",
        r"^(?:(?:please|ok|hey|omg|just|no|yes) )*stop (?:i|im|ive|not|never|dont|we|were"
        r"|you|youre|you are|with|wrong|my phone|at|asap|or)\b",
        guards=(
            r"\b(?:order|shipment|package|shipping|delivery|subscription|item|tempting"
            r"|making|sell\w*|releas\w*|being|so good"
            r"|or (?:start|keep|continue|go)|at the (?:store|light|shop))\b",
            r"^stop at \d",
            r"^stop with (?:the|my) (?:order|return)",
        ),
        bare=True,
    ),
    PhraseRule(
        "en.trailing_stop",
        r"\b(?:please|just|so|now|or|kindly|seriously) (?:\w+ )?stop(?: please| now"
        r"| already| thanks| it)*$"
        r"|\b(?:you|yall|this|these|it all|everyone|them|the texts|texts"
        r"|messages) (?:guys )?to (?:\w+ )?(?:stop|quit|cease)(?: please| now| already)*$",
        guards=(
            r"\b(?:order|shipment|package|shipping|delivery|subscription|bus|train|where"
            r"|which|next|zipper|leak\w*|bleed\w*|dog|cat|noise|alarm)\b",
            r"\b(?:just|will|did|does|has|have|it|just (?:won?t|will)|cant|couldnt) stop$",
            r"\bat (?:the|that) \w+ stop$",
        ),
        rescue=r"\b(?:text\w*|messag\w*|spam\w*)\b",
        bare=True,
    ),
    PhraseRule(
        "en.stop_my_phone",
        r"\b(?:stop|quit) (?!charging|breaking|protecting|dropping)\w+ing (?:up |on "
        r"|at )?(?:my|this|our) (?:line|phone|number|cell|inbox|mobile|phone number)\b"
        r"|\b(?:leave|let) (?:my|this|our|her|his|the) (?:\w+ )?(?:phone|number|line|cell"
        r"|mom|wife|husband|inbox|family|mother|dad) (?:alone|be)\b"
        r"|\b(?:text|message|bother|contact|harass|annoy|spam|call"
        r"|pester)(?:ing)? (?:someone|somebody|some one|anyone|anybody"
        r"|literally anyone) else\b"
        r"|\b(?:someone|somebody) else to (?:text|bother|message|annoy|spam|harass)\b",
        guards=(
            r"\b(?:instead|can|should|do|did you) (?:i|you|someone)\b",
            r"^(?:did|can|could|should|do|does) ",
        ),
    ),
    PhraseRule(
        "en.how_many_times",
        r"\bhow many (?:more )?times (?:\w+ ){0,6}(?:stop|unsubscribe|no|remove|quit|opt out)\b",
    ),
    PhraseRule(
        "en.why_still",
        r"\bwhy (?:\w+ )?(?:am i|are you|do you|do i|did you|is this|does this|are we"
        r"|you|i) (?:\w+ )?"
        r"(?:still|keep|continue|constantly|always|guys keep)(?: (?:getting|receiving"
        r"|texting|messaging"
        r"|sending|contacting|to|get|receive|text|message|send|me|us|these|this|the|your"
        r"|so|many|getting"
        rf"|spamming|bothering|harassing|hearing|from|all))*"
        rf"(?: (?:{_MSG}|these|this|me|you|from you|spamming me|bothering me|harassing me))\b",
        guards=(r"\b(?:charged|charging|bill|order|package|error|code|e ?mails?|wrong)\b",),
    ),
    PhraseRule(
        "en.still_getting",
        r"\bstill (?:getting|receiving|get|receive|texting|messaging|sending"
        rf"|being)(?: \w+){{0,4}} "
        rf"?(?:{_MSG}|these|me|texted|contacted)\b.*\b(?:unsubscribed|opted out|stop"
        r"|asked|said|told|blocked)\b"
        r"|\b(?:unsubscribed|opted out|stop|asked|said|told)\b.*\bstill (?:getting"
        r"|receiving|get|receive"
        rf"|texting|messaging|sending)\b",
        guards=(r"\be ?mails?\b", r"\bwant\b.*\bback\b"),
    ),
    PhraseRule(
        "en.how_to_stop",
        rf"\b(?:how|where|what|any way|is there|way)(?: \w+){{0,5}} (?:stop|end|get off"
        r"|get out of|turn off|cancel"
        r"|block|avoid|get rid of|be removed from|get removed from|get taken off"
        r"|get away from|quit"
        rf"|shut off|opt out of|disable|make (?:this|it|these|them|the texts|you) stop|to stop)"
        r"(?: (?:getting|receiving|these|this|the|all|your|you|of|from|sending|so|many"
        r"|constant|texting"
        rf"|me|list|annoying|text|sms|those|promo|promotional|marketing))*(?: (?:{_MSG}"
        r"|list|thing|from"
        rf" you|you from|this list|these|stop|me)|$)",
        guards=(
            r"\b(?:app|order|delivery|subscription|shipment|squeak\w*|leak\w*|shrink\w*|slipping"
            r"|pilling|item|what happens|wash|beep\w*|alarm|noise|account|e ?mails?|fading"
            r"|sliding|itch\w*|curling|sale|deal|does|bus|ring|light)\b",
        ),
    ),
    PhraseRule(
        "en.threat",
        rf"\b(?:if|next time|one more|another|send|get|text)(?: \w+){{0,4}} (?:one more"
        rf"|another|again|more)(?: \w+){{0,3}}"
        rf" ?{_MSG}\b.*\b(?:never|block\w*|report\w*|done|sue|lawyer|boycott|cancel\w*"
        r"|not shopping|unsubscribe)\b",
        guards=(r"\bhappy\b", r"\?$"),
    ),
    PhraseRule(
        "en.spam_complaint",
        r"^(?:(?:this|that|it|these|those|all of this|you|all|ugh|wow|omg|stop) )*(?:is"
        r"|are|youre|your|thats"
        r"|its|you are|are you)?(?: (?:such|just|all|nothing but|only|pure|a|so much"
        r"|literally|total))*"
        r" ?(?:spamming me|spamming us|harassing me|harassment|bothering me"
        r"|bugging me)(?: \w+){0,3}$"
        r"|\b(?:enough|sick and tired|tired|sick|fed up|done|over it|had it"
        r"|annoyed)(?: (?:with|of|by|getting"
        r"|receiving|all|these|this|your|the|so|many|constant|you|already))*"
        r" (?:texts?|messages?|spam|texting(?: me)?|messaging me|notifications|promos"
        r"|promotions|marketing)\b",
        guards=(r"\b(?:someone|they|he|she|who)\b", r"\?$"),
    ),
    PhraseRule(
        "en.done",
        r"\b(?:im|we are) (?:so |completely |totally )?(?:done|finished|through"
        r"|out)(?: (?:with|getting"
        r"|receiving))? (?:these|this|your|you|all|the)(?: \w+){0,2} ?(?:texts?|messages?|list|spam"
        r"|texting|notifications)\b|\bcount me out\b|\b(?:i )?want (?:out"
        r"|off)(?: (?:of )?(?:this|your|the"
        r"|all|these)(?: \w+)?)?$|\blet me (?:off|out of) (?:this|the|your)\b|\bi want off\b",
        guards=(
            r"\b(?:percent|\d+) off\b",
            r"\b(?:subscribe|subscription|contract|order|return|exchange|box)\b",
        ),
    ),
    PhraseRule(
        "en.make_it_stop",
        r"^(?:(?:please|just|omg|ugh|can|someone|you|could|seriously) )*make (?:it|this|these|them"
        r"|these texts|the texts|the messages|this shit|the madness) stop(?: please| now"
        r"| already)*$"
        r"|^(?:this|these|it|the texts|these texts|the messages|this shit|you) (?:need"
        r"|needs|have|has|must)"
        r" (?:to )?stop(?: now| please| immediately| already| texting me)*$",
        bare=True,
    ),
)
