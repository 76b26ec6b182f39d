"""Signs of spam and what each is worth; five points settle it."""

import re

from domain.gate.spam_signs_premium import PREMIUM_SIGNS
from domain.gate.spam_words import LINK

_BAIT_SIGNS: tuple[tuple[str, int, str], ...] = (
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
    ("claim_by_call", 2, r"\bcall\b.{0,25}\d{3}.{0,40}\bclaim\b|\bclaim\b.{0,40}\bcall\b"),
    ("cash", 1, r"\bcash\b"),
    (
        "payday",
        4,
        r"\b(?:no credit check|payday|cash (?:today|advance|loans?)|instant (?:cash"
        r"|loan)|bad credit)\b",
    ),
    (
        "relative",
        5,
        r"\b(?:mom|mum|dad|grandma|grandpa|nana)\b.{0,60}\b(?:new number"
        r"|lost my phone|broke my phone"
        r"|phone (?:is )?broken?)\b.{0,80}",
    ),
    (
        "fake_order",
        5,
        r"(?:order|purchase|charge|payment|transaction) (?:of"
        r"|for) \$ ?\d[\d,.]*.{0,80}\b(?:if not you|not you"
        r"|didn.?t (?:make|authorize|place)|to cancel)\b.{0,30}\d{3}",
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
        "urgency",
        1,
        r"\b(?:urgent!?|act now|click (?:here|below|the link|now|link)|immediately"
        r"|final (?:notice|warning|attempt|reminder)|last chance|expires?"
        r"|within \d+ ?(?:h|hours)|call now|reply now|as soon as possible"
        r"|limited time|tap (?:here|the link|to))\b",
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
    ("link", 2, LINK.pattern),
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

SIGNS: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (name, points, re.compile(pattern, re.IGNORECASE))
    for name, points, pattern in (*_BAIT_SIGNS, *PREMIUM_SIGNS)
)
