"""Signs of spam and what each is worth."""

import re

from domain.gate.spam_words import LINK

# Each sign is worth its points; five of them settle it.
SIGNS: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
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
)
