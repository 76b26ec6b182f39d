"""Signs of premium-rate, adult and pharmacy spam, and what each is worth."""

PREMIUM_SIGNS: tuple[tuple[str, int, str], ...] = (
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
)
