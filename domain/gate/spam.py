"""Unasked-for machines: other brands' blasts, phishing, prize and job bait, codes, bare links.

Only very sure signs ignore a text; the rest is a doubt. A public spam model that is excellent on
its own test set flags 4.3 % of ordinary support texts.
"""

import re

from domain.gate.context import GateContext
from domain.gate.decision import Doubt, Label
from domain.gate.normalise import bounded, keyword_form, words_of
from domain.values import Value


class SpamFinding(Value):
    """What a text is instead of a customer's words.

    Attributes:
        label: Which kind.
        rule: Id of the rule.
        score: Confidence.
        doubt: Set when the rules alone do not settle it.
    """

    label: Label
    rule: str
    score: float
    doubt: Doubt | None = None


_OPT_OUT_LINE = re.compile(
    r"\b(?:reply|rply|text|txt|send|respond|responda|envia|repondez|antworte"
    r"|envie)\s+(?:with\s+)?[\"'“]?"
    r"(?:stop|end|quit|unsubscribe|cancel|stopp|parar|baja|alto)\b[\"'”]?(?:\s*(?:to|2"
    r"|for|para|pour|um|zum)\b)?"
    r"|\bstop\s?(?:to|2|=)\s?(?:end|opt|quit|unsub|cancel|stop)\w*"
    r"|\b(?:to )?(?:opt[- ]?out|unsubscribe|stop)[, :]+(?:txt|text|reply|send)\b"
    r"|\bstop (?:to )?(?:opt[- ]?out|unsubscribe)\b|\bmsg\s*&\s*data rates|\bmsg freq",
    re.IGNORECASE,
)
_INSTRUCTION_SENTENCE = re.compile(rf"(?:{_OPT_OUT_LINE.pattern})[^.!?\n]{{0,40}}", re.IGNORECASE)
_ANY_INSTRUCTION = re.compile(
    _OPT_OUT_LINE.pattern
    + r"|\b(?:to|2) (?:stop|unsub\w*|opt ?-?out|cancel|end)\b|\bunsub\w*\W.{0,25}(?:stop"
    r"|reply|\d{5})"
    r"|\bstop ?(?:sms|txts?|texts?|msgs?)\W+(?:call )?\d"
    r"|\bopt ?-?out\W.{0,20}(?:t(?:e)?xt|stop|\d{5}|availa|to \d)"
    r"|\b(?:t(?:e)?xt|send|reply)\W+(?:\w+ ){0,3}(?:stop|out)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"https?://\S+|\bwww\.\S+|\b(?:[a-z0-9-]+\.)+(?:com|net|org|co|io|top|xyz|info|biz"
    r"|shop|site|online|club|vip|cc|ly|me|us"
    r"|uk|link|live|store|icu|buzz|ru|cn|example|app|gl|to|gg|win|bid|loan|click|pro)\b(?:/\S*)?",
    re.IGNORECASE,
)
_BLAST_HEAD = re.compile(r"^\s*(?:\[[^\]]{2,30}\]|[A-Z0-9][\w&'.! -]{1,30}):\s")
_SALE_WORDS = re.compile(
    r"\b(?:\d+ ?% off|sale|flash|deal|deals|shop now|order now|save|coupon|code|offer"
    r"|discount|free shipping|exclusive|today only"
    r"|ends (?:tonight|soon|today)|new arrivals?|limited|vip|members?|rewards?|bogo"
    r"|donate|vote|appointment|reminder|alert|remitir)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\?\s*$|\b(?:i|im|i'm|my|you guys|did you|what does|is this|got this|does this|why)\b",
    re.IGNORECASE,
)
_ASKS_ABOUT_IT = re.compile(
    r"\b(?:what (?:does|do|happens|is)|mean|legit|scam|is this|got this|did you send)\b.*\?",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:is your|your)\b.{0,40}\b(?:verification|security|login|log-in|sign-in"
    r"|confirmation|one[- ]time|access|auth\w*|passcode|otp)"
    r"\b.{0,30}?\b(?:code|passcode|password|pin|is)\b.{0,20}\d{3,8}"
    r"|^\W*(?:G-)?\d{3}[ -]?\d{3,5} (?:is|es|est|ist|e) (?:your|su|tu|votre|ihr|dein|o seu)\b"
    r"|^(?:your )?(?:(?:verification|security|login|one[- ]time|access) )?(?:code|otp|pin"
    r"|passcode)(?: is|:) ?\d{4,8}\.?$"
    r"|^(?:\W*\w+\W+){0,3}?your \w+ (?:\w+ )?(?:code|pin|passcode) is:? \d{4,8}\b"
    r"|\b(?:enter|use) (?:code |verification code )?\d{4,8} to (?:verify|log|sign|confirm|complete)"
    r"|\b(?:verification|security|one[- ]time|login) (?:code|pass(?:code"
    r"|word))\b.{0,25}\d{4,8}.*(?:share|expire|valid|request)"
    r"|\b(?:codigo de verificacion|código de verificación|code de v[ée]rification"
    r"|bestatigungscode|Bestätigungscode|código de verificação)\b.{0,30}\d{4,8}",
    re.IGNORECASE | re.DOTALL,
)
_OWN_CODE = re.compile(
    r"\bmy\b|\bthe code (?:you|i)\b|\b(?:promo|discount|coupon|order|gift|zip|tracking)\b",
    re.IGNORECASE,
)

# Each sign is worth its points; five of them settle it.
_SIGNS: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (name, points, re.compile(pattern, re.IGNORECASE))
    for name, points, pattern in (
        (
            "prize",
            3,
            r"\b(?:you(?:'ve|ve| have)? (?:been )?(?:won|win|selected|chosen|awarded)"
            r"|winner|congrat\w*[ !,.:-]+(?:you|ur|your)"
            r"|guaranteed (?:\W{0,2}\d+ )?(?:cash|prize|award|caller)|claim (?:your|ur"
            r"|now|a|the|code|is)|(?:cash|bonus) (?:prize|award|caller)"
            r"|free (?:entry|gift ?card|iphone|ringtones?|camera|mobile|nokia|tones?"
            r"|prize|vouchers?|\W?\d+ (?:voucher|gift))|lucky (?:draw|winner)"
            r"|(?:\$|£|€)\s?\d[\d,.]*\s?(?:cash|prize|award|gift ?card|walmart|amazon"
            r"|voucher|reward|bonus|pounds|grand)|prize (?:guaranteed|draw)"
            r"|won (?:a|an|the|our|\W?\d)|reward(?:s)? (?:is )?waiting|unclaimed"
            r"|private! your \d{4})\b",
        ),
        (
            "parcel",
            4,
            r"\b(?:usps|ups|fedex|dhl|royal mail|hermes|evri|post ?office|parcel|package"
            r"|shipment|delivery)\b.{0,90}"
            r"\b(?:on hold|held|suspended|undeliver\w*|unable to (?:be )?deliver\w*"
            r"|failed|incomplete|incorrect|could not be delivered|cannot be delivered"
            r"|customs|re-?schedule|redelivery"
            r"|confirm your address|update your (?:address|delivery|details|shipping)"
            r"|pending (?:fee|payment)|warehouse|returned to sender)\b",
        ),
        (
            "toll",
            4,
            r"\b(?:unpaid|outstanding|overdue) (?:toll|invoice|fine|balance|e-?zpass"
            r"|ticket)|\b(?:e-?zpass|sunpass|fastrak|toll)\b.{0,60}\b(?:unpaid|pay|fee"
            r"|balance|penalt\w*)\b",
        ),
        (
            "account",
            4,
            r"\b(?:your|ur) (?:\w+ ){0,4}(?:account|card|apple ?id|netflix|paypal|amazon"
            r"|bank|wallet|icloud|debit card|profile)\b.{0,50}"
            r"\b(?:suspended|locked|limited|disabled|restricted|compromised|on hold"
            r"|deactivated|verify (?:your|now|at)|unusual (?:activity|sign))",
        ),
        (
            "job",
            4,
            r"\b(?:remote|part[- ]time|online|flexible|work from home|wfh"
            r"|full[- ]time)\b.{0,90}(?:\$|£|€|usd)\s?\d+|\b(?:recruit\w*|hr manager"
            r"|hiring|indeed|linkedin|job opportunity)\b.{0,140}"
            r"(?:\$|£|€|usd|per day|a day|daily|whats ?app|telegram|part[- ]time|remote)"
            r"|(?:earn|make) (?:up to )?(?:\$|£|€)\s?\d[\d,]*.{0,25}(?:a|per|every"
            r"|/) ?(?:day|week|hour|month)|\b(?:salary|pay|paid)\b.{0,25}(?:\$|£"
            r"|€)\s?\d+.{0,30}(?:a|per|/) ?day",
        ),
        (
            "loan",
            4,
            r"\b(?:pre-?approved|approved for|qualif\w+ for|eligible for)\b.{0,50}(?:loan"
            r"|credit|\$\s?\d|funding|relief|benefit|grant|compensation)|\b(?:debt"
            r"|student loan|tax) (?:relief|forgiveness|consolidat\w+|debt)\b"
            r"|\bbusiness (?:loan|funding|line of credit)\b|\b(?:ppi|accident) (?:claim"
            r"|compensation)|\bcompensation\b.{0,40}\baccident"
            r"|\baccident\b.{0,60}\bcompensation\b",
        ),
        (
            "crypto",
            4,
            r"\b(?:bitcoin|crypto\w*|btc|forex|usdt|trading (?:signals?"
            r"|platform))\b.{0,80}\b(?:invest\w*|profit\w*|earn\w*|return\w*|mentor"
            r"|guaranteed|double|group|whats ?app|telegram)\b"
            r"|\binvest\w*\b.{0,50}\b(?:guaranteed|returns? of|\d{2,}%|crypto|bitcoin)",
        ),
        (
            "cash_house",
            4,
            r"\b(?:cash offer|buy your (?:house|home|property)"
            r"|interested in selling (?:your )?(?:house|home|property)|sell your (?:house"
            r"|home|property))\b",
        ),
        (
            "politics",
            3,
            r"\b(?:actblue|winred|chip in|donate (?:\$?\d+|now|today)|\d+x?-?match"
            r"|election|ballot|voters?|senate|congress\w*|president trump|biden"
            r"|democrat\w*|republican\w*|gop|maga)\b.{0,120}\b(?:donate|chip in|match\w*"
            r"|deadline|vote|poll|survey|rush|support|midnight)\b",
        ),
        (
            "adult",
            4,
            r"\b(?:sexy?|horny|hot (?:girls?|singles?|babes?|chat|live)|xxx|nudes?|hookup"
            r"|adult (?:chat|fun|dating)|dating service|singles? in your area"
            r"|find a? ?date|secret admirer|fancies? (?:you|u)|contacted our dating"
            r"|sugar (?:baby|daddy))\b.{0,200}?(?:http|www|\d{5}|call|text|txt|reply"
            r"|click|msg|£|\.com|meet)",
        ),
        (
            "pharma",
            4,
            r"\b(?:viagra|cialis|cheap meds|weight loss (?:pills?|secret|gumm\w+)"
            r"|keto gumm\w+|diet pills?)\b",
        ),
        (
            "premium",
            3,
            r"\b(?:0?9\d{2,3}[ -]?\d{3}[ -]?\d{3,4}|0?87\d{2}[ -]?\d{6,7}"
            r"|08[0-9]{2}[ -]?[0-9]{3,4}[ -]?[0-9]{3,4})\b|\b\d+ ?p(?:pm|/?min|/?msg"
            r"|/?txt| per|/?wk|erweek)\b|(?:£|gbp)\s?\d+(?:\.\d+)?(?:p|/"
            r"|\s?per\s?)?\s?(?:wk|week|msg|min|pm|month|day|sms|text)|\b150p"
            r"|\b\d\.50\b.{0,10}(?:wk|msg|week)",
        ),
        (
            "short_code",
            2,
            r"\b(?:txt|text|send|reply|sms|call|msg)\b.{0,40}\b(?:to|2|on)?:?\s?\d{5,6}\b",
        ),
        (
            "txt_word",
            2,
            r"\b(?:txt|text|send|reply(?: with)?)\s+[\"']?[A-Z]{2,12}[\"']?\s+(?:to|2|now|for)\b",
        ),
        (
            "terms",
            2,
            r"\bt\s?&\s?c'?s?\b|\bts?&cs?\b|\b18\+|\b16\+|\bover ?18|\bpo box\b"
            r"|\bbox ?\d{2,}|\bto opt out\b|\bcost(?:s)? \d|\bstd (?:txt|text) rate"
            r"|\bno purchase|\bsae\b|\bapply\b.{0,3}$|\bw1j?\w{2,5}\b|\bunsub\w*",
        ),
        (
            "urgency",
            1,
            r"\b(?:urgent!?|act now|click (?:here|below|the link|now|link)|immediately"
            r"|final (?:notice|warning|attempt|reminder)|last chance|expires?"
            r"|within \d+ ?(?:h|hours)|call now|reply now|as soon as possible"
            r"|limited time|tap (?:here|the link|to))\b",
        ),
        (
            "ringtone",
            2,
            r"\b(?:ring ?tones?|polys?|polyphonic|tone ?s?|wallpapers?|logos?|java games?"
            r"|mobile upd?8|camcorder|video ?phones?|free mins|double mins"
            r"|half price line rental|line rental|orange|tariffs?|latest (?:motorola"
            r"|nokia|phones?))\b.{0,120}\b(?:free|txt|text|call|reply|order|now|claim"
            r"|weekly|www|\d{5})\b",
        ),
        (
            "network_pitch",
            2,
            r"\b(?:customer service|customer services|cust care|account statement|loyalty"
            r"|as a valued|valued customer|network operator|dear (?:customer|user|winner"
            r"|voucher holder|valued|friend|sir|beneficiary)|we (?:have )?(?:tried"
            r"|been trying) to (?:contact|reach|call)|our records (?:indicate|show)"
            r"|an? (?:important )?message (?:is )?(?:waiting|from)|this is the \d(?:nd|rd"
            r"|st) attempt|\d(?:nd|rd) (?:attempt|time))\b",
        ),
        (
            "messenger",
            3,
            r"\b(?:whats ?app|telegram|wechat|kakao)\b.{0,30}(?:\+?\d[\d -]{7,}|@\w+|me"
            r"|t\.me|number)|\bt\.me/|\bwa\.me/",
        ),
        (
            "stranger",
            3,
            r"^(?:hi|hello|hey)[,! ]+(?:dear|beautiful|handsome|is this|are you|this is"
            r"|i'?m|my name)\b.{0,80}\b(?:are you free|long time no see|nice to meet"
            r"|do you remember me|from (?:tinder|instagram|the app)|golf|lonely"
            r"|looking for (?:a )?(?:friend|man|love)|met at)\b",
        ),
        ("link", 2, _LINK.pattern),
        (
            "shortener",
            1,
            r"\b(?:bit\.ly|tinyurl|goo\.gl|t\.co|rb\.gy|is\.gd|cutt\.ly|shorturl)\b"
            r"|\.(?:top|xyz|icu|vip|buzz|cc|ru|click|loan|win|bid)\b",
        ),
        ("callback", 1, r"\b(?:call|txt|text|ring|contact)\b.{0,20}\+?\d[\d -]{6,}"),
        ("money", 1, r"(?:£|\$|€)\s?\d{2,}"),
        ("shouting", 1, r"(?-i:(?:\b[A-Z]{3,}\b[^a-z]*){4,})"),
        (
            "inheritance",
            4,
            r"\b(?:next of kin|inheritance|beneficiary|million (?:usd|dollars|pounds)"
            r"|western union|wire transfer|attorney general grant|irs (?:refund|tax)"
            r"|tax refund|stimulus)\b.{0,120}\b(?:claim|contact|reply|send|transfer|link"
            r"|http|release|process|verify)\b",
        ),
    )
)
_CUSTOMER = re.compile(
    r"\b(?:my (?:order|package|refund|return|size|cart|code|discount|email|daughter|son"
    r"|husband|wife)|do you (?:have|sell|ship|carry)"
    r"|i (?:ordered|bought|want|need|got|received|have|just|tried|cant|can't|never|didn't"
    r"|would)|where(?:'s| is)|can (?:i|you)|is this (?:legit|real|you|a scam)|did you)\b",
    re.IGNORECASE,
)


def find_spam(text: str, context: GateContext) -> SpamFinding | None:
    """Say whether a text is a machine's or a stranger's pitch.

    Args:
        text: The raw body.
        context: What we sent, so that our own words are not taken for another brand's.

    Source: sms.md 6.4; product.md C.5 trap 2.
    """
    raw = bounded(text)
    if _CODE.search(raw) and not _OWN_CODE.search(raw):
        return SpamFinding(label=Label.VERIFICATION_CODE, rule="spam.code", score=0.97)
    rest = _LINK.sub(" ", raw)
    if rest != raw and not words_of(rest.casefold()):
        return SpamFinding(label=Label.LINK_ONLY, rule="spam.link_only", score=0.95)
    if is_blast(raw, context):
        return SpamFinding(label=Label.OTHER_BRAND_BLAST, rule="spam.blast", score=0.97)
    points, names = _score(raw)
    if _CUSTOMER.search(raw):
        points -= 3
    if points >= 5 and len(names) >= 2:
        return SpamFinding(
            label=Label.SPAM, rule="spam." + names[0], score=min(0.99, 0.6 + points / 20)
        )
    if points >= 4 or (points >= 3 and len(names) >= 2):
        return SpamFinding(
            label=Label.QUESTION, rule="spam." + names[0], score=0.5, doubt=Doubt.SPAM
        )
    return None


def _score(raw: str) -> tuple[int, list[str]]:
    found = [(name, worth) for name, worth, pattern in _SIGNS if pattern.search(raw)]
    return sum(worth for _, worth in found), [name for name, _ in found]


def is_blast(text: str, context: GateContext) -> bool:
    """Tell whether a text is a marketing message with an opt-out line, and not a quote of ours."""
    asks = _ASKS_ABOUT_IT.search(text)
    long_enough = len(text.split()) >= 9
    if long_enough and not asks and _ANY_INSTRUCTION.search(text) and _score(text)[0] >= 4:
        return True
    match = _OPT_OUT_LINE.search(text)
    if match is None:
        return False
    rest = _LINK.sub(" ", text[: match.start()] + " " + text[match.end() :])
    words = len(keyword_form(rest).split())
    if words < 5 or _QUESTION.search(text):
        return False
    form = keyword_form(text)
    if any(form in keyword_form(sent.body) for sent in context.newest_outbound(20)):
        return False
    signs = (
        bool(_BLAST_HEAD.search(text)) + bool(_SALE_WORDS.search(rest)) + bool(_LINK.search(text))
    )
    return signs >= 1


def without_instruction(text: str) -> str:
    """Return a text without the words that tell how to opt out; they are not its author's wish.

    A text that is little more than the instruction is returned whole: who repeats it means it.
    """
    rest = _INSTRUCTION_SENTENCE.sub(" ", text)
    return rest if len(words_of(rest.casefold()).split()) >= 4 else text
