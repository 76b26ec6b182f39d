"""The patterns of the `rules` mode, in the order they are tried."""

import re

_F = re.IGNORECASE

CLAUSE = re.compile(
    r"(?<=[?!])\s+|(?<=[a-z0-9)]\.)\s+(?=[A-Za-z])|\n+|[;]\s+"
    r"|,?\s+(?:and|also|plus|but)\s+(?=(?:also\s+)?(?:do|does|can|could|what|whats|what's|where|"
    r"wheres|when|is|are|how|will|i'm looking|i need|i want|i'd like|tell|any)\b)",
    _F,
)
ORDER_NUMBER = re.compile(
    r"#\s?(\d{3,8})\b|\border\s*(?:number|no\.?|num|nr)?\s*(?:is|:)?\s*#?(\d{3,8})\b|\b(\d{4})\b"
    r"(?!\s*(?:dollars|usd|mm|ml|m\b|ft))",
    _F,
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ZIP = re.compile(r"(?<![#\d])\d{5}(?:-\d{4})?\b")
CEILING = re.compile(
    r"(?:under|below|less than|max(?:imum)?(?: of)?|up to|cheaper than|no more than|within|<)\s*"
    r"\$?\s?(\d{1,5}(?:\.\d{2})?)|\$(\d{1,5}(?:\.\d{2})?)\s*(?:or (?:less|under)|max|budget)"
    r"|budget (?:is|of)\s*\$?(\d{1,5})",
    _F,
)
YES = re.compile(r"\s*(?:y|yes|yeah|yep|yup|sure|ok|okay|please|yes please|please do|do it)\b", _F)
ASKED_FOR_PROOF = re.compile(r"order (?:number|#)|zip|e-?mail", _F)
OFFERED_PERSON = re.compile(r"(?:person|team|someone|human)[^.]*\?", _F)
UPSET = re.compile(
    r"ridiculous|unacceptable|furious|terrible|awful|worst|horrible|disgust|pathetic|sick of|"
    r"fed up|angry|pissed|wtf|bullshit|damn|scam|fraud|rip.?off|joke of|never (?:again|buy)|"
    r"so (?:disappointed|frustrated)|!!+",
    _F,
)

ESCALATIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "customer_asked",
        re.compile(
            r"\b(?:talk|speak|chat|text|connect|transfer|put|get|reach|call|"
            r"give|pass|hand)\b.{0,30}"
            r"\b(?:person|human|people|agent|representative|rep|manager|"
            r"supervisor|someone|somebody|"
            r"real one|operator|staff)\b|\b(?:real|actual|live) (?:person|human|"
            r"agent)\b(?!.{0,9}\?$)"
            r"|^\W*(?:human|agent|representative|operator|person|manager)\W*$"
            r"|\b(?:need|want) (?:a |an )?(?:human|person|agent|manager|rep)\b|customer service\b"
        ),
    ),
    (
        "legal",
        re.compile(
            r"\b(?:lawyer|attorney|sue|suing|lawsuit|legal action|small claims|"
            r"bbb|ftc|court|regulator)\b"
        ),
    ),
    (
        "safety",
        re.compile(
            r"\b(?:injur\w+|hospital|caught fire|burn(?:ed|t) (?:me|my)|allergic reaction|"
            r"hurt (?:me|myself))\b"
        ),
    ),
    (
        "payment",
        re.compile(
            r"charged (?:me )?(?:twice|two times|again|double)|double charge|overcharged|"
            r"wrong amount|didn'?t authori[sz]e|charge ?back|fraud\w*|where(?:'s| is) my refund|"
            r"(?:haven'?t|have not|never) (?:got|gotten|received) my refund|dispute"
        ),
    ),
    (
        "complaint",
        re.compile(
            r"^(?=.*(?:ridiculous|unacceptable|furious|terrible|awful|worst|"
            r"horrible|disgust|pathetic|"
            r"sick of|fed up|scam|fraud|rip.?off|never again|money back|refund me|wtf|bullshit))"
            r"(?!.*(?:where|arriv|track|ship|package|waiting))(?=.{8,})|"
            r"\bi (?:want|demand) (?:a |my )?(?:full )?(?:refund|money back)"
            r"|\brefund me\b|\b(?:arrived|came|is|was) (?:damaged|broken|ripped|torn|defective)\b"
            r"|\b(?:sent|got|received) (?:me )?the wrong\b|file a complaint"
        ),
    ),
    (
        "cannot_resolve",
        re.compile(
            r"\b(?:cancel|change|edit|modify|update(?! on)|amend|switch)\b.{0,30}"
            r"\b(?:order|address|size|colou?r|item|delivery|#?\d{4,})\b|"
            r"\bwrong address\b|\badd .{1,30} to my order\b"
        ),
    ),
)
SATISFIED = re.compile(r"\b(?:thanks?|thank you|thx|ty|tysm|perfect|love it|awesome)\b", _F)
ASIDE = re.compile(r"^(?:and|also|plus|but|oh|btw)\b[, ]*", _F)
BOT = re.compile(
    r"(?:are|r) (?:you|u) (?:a |an )?(?:real|bot|robot|human|ai|machine|computer|person|automated)|"
    r"^\W*who (?:are you|is this|am i (?:talking|texting))|"
    r"is this (?:a |an )?(?:bot|robot|human|ai|real|automated|machine)|"
    r"(?:am i|i'm i) (?:talking|speaking|texting) (?:to|with) (?:a |an )?(?:bot|"
    r"robot|human|real|ai|"
    r"person|machine)"
)

INTENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "policy_question",
        re.compile(
            r"\b(?:do you|can you|does it|you guys) (?:ship|deliver|mail)\b|"
            r"(?:shipping|delivery) (?:cost|fee|price|rate|time|polic|option|method|charge)|"
            r"how (?:long|much|fast) (?:does|do|is|will|for) (?:the |your )?(?:standard |express )?"
            r"(?:shipping|delivery|it take to (?:ship|deliver))|free shipping|international"
        ),
    ),
    (
        "return_or_refund",
        re.compile(
            r"\b(?:return|returns|returning|refund|refunds|exchange|exchanges|exchanging|"
            r"send (?:it|this|them) back)\b"
        ),
    ),
    (
        "order_status",
        re.compile(
            r"\b(?:where(?:'s| is| are|s)?|wheres) (?:is )?(?:my|the|our) (?!store|shop)|"
            r"\bwhere is it\b|"
            r"\btrack(?:ing)?\b|\b(?:order|package|parcel|shipment|"
            r"delivery) (?:status|update|arriv\w+|"
            r"come|late|delayed|missing|here)|status (?:of|on) (?:my|the) |"
            r"when (?:will|is|does|do|should|can) (?:i |it|my|the|they|this|that).{0,40}"
            r"(?:arriv|come|deliver|ship|get here|get (?:it|my|them)|be here|expect|receive|due)|"
            r"(?:has|did|have|was|is) (?:it|my|the|they).{0,40}(?:ship(?:ped)?|"
            r"sent|left|deliver(?:ed)?|"
            r"on (?:its|it's|the) way|coming|arriv\w+)\b|"
            r"(?:haven'?t|have not|hasn'?t|not|never|"
            r"didn'?t) (?:yet )?(?:received|receive|got|gotten|get|"
            r"arrived|come|shipped|here).{0,40}|\b(?:any )?(?:update|news|word) on my\b|\bwismo\b|"
            r"how long (?:until|till|before|will) (?:my|it|the)|eta\b|what happened to my|"
            r"(?:still )?waiting (?:for|on) my|still nothing|\bmy (?:package|parcel|shipment)\b|"
            r"(?:question|help|issue|problem|info).{0,12} (?:about|with|on) my order"
        ),
    ),
    ("subscription", re.compile(r"\b(?:subscription|auto.?ship|skip (?:my|next)|membership)\b")),
    (
        "recommendation",
        re.compile(
            r"\brecommend|\bsuggest|looking for|\bgift\b(?! cards?)|what should i (?:get|buy|wear)|"
            r"\b(?:i )?need (?:a|an|some|new)\b|\b(?:cheapest|warmest|lightest|"
            r"best (?!way|time))|help me (?:find|choose|pick)|"
            r"i (?:want|'d like|would like)(?: to (?:buy|get))? (?:a|an|some|new)\b|searching for|"
            r"in the market for|something (?:for|warm|light|water)|which .{1,30} (?:best|better)"
        ),
    ),
    (
        "policy_question",
        re.compile(
            r"\b(?:polic(?:y|ies)|warrant(?:y|ies)|covered|guarantee|repair|"
            r"store hours|opening hours|"
            r"hours|located|location|physical store|payment|pay with|paypal|"
            r"klarna|apple pay|gift card|"
            r"discount|coupon|promo|code|military|student|price match|wash|dry clean|care for|"
            r"open|opens|opening|closed?|size (?:guide|chart)|sizing|sustainab|"
            r"recycl|privacy|loyalty|points|reward|contact|"
            r"ship|shipping|customs|duty|duties|taxes?)\b"
        ),
    ),
    (
        "product_question",
        re.compile(
            r"\bdo you (?:have|sell|carry|make|stock|got)\b|\bin stock\b|\bhow much\b|\bprice of\b|"
            r"\bavailable\b|\bback in\b|\bany (?!news|update|word|idea|chance|way|one|luck)\w+|"
            r"\bcome in\b|\bin (?:a )?(?:size )?(?:xs|s|m|l|xl|xxl|small|medium|large)\b|"
            r"waterproof|water.?resistant|show me|\bgot any\b|"
            r"^(?:is|are|does|do|will|can) the (?!store|shop|package|order|delivery)\w+|"
            r"\bhave (?:any|you got)\b|what (?:colou?rs|sizes|jackets|boots|tents)"
        ),
    ),
    (
        "thanks",
        re.compile(
            r"^\W*(?:ok(?:ay)?[,. ]*|great[,. ]*|perfect[,. ]*|awesome[,. ]*|"
            r"cool[,. ]*|got it[,. ]*)*"
            r"(?:thanks?|thank you|thx|ty|tysm|cheers|appreciate|perfect|awesome|great|got it|"
            r"no that'?s (?:all|it)|that'?s (?:all|it))\b"
        ),
    ),
    (
        "greeting",
        re.compile(
            r"^\W*(?:(?:can|could) (?:you|"
            r"someone) (?:please )?help(?: me)?(?: please)?|i need (?:some )?help|"
            r"(?:i have |i've got )?a (?:quick )?question)\W*$|"
            r"^\W*(?:hi|hey|hello|hiya|yo|howdy|good (?:morning|afternoon|evening)|sup)"
            r"(?: (?:there|team|all|guys|y'?all))?\W*$"
        ),
    ),
)
