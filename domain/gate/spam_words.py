"""Wording of blasts, one-time codes and opt-out lines, and of customers who quote them."""

import re

OPT_OUT_LINE = re.compile(
    r"\b(?:reply|rply|text|txt|send|respond|responda|envia|repondez|antworte"
    r"|envie)\s+(?:with\s+)?[\"'“]?"
    r"(?:stop|end|quit|unsubscribe|cancel|stopp|parar|baja|alto)\b[\"'”]?(?:\s*(?:to|2"
    r"|for|para|pour|um|zum)\b)?"
    r"|\bstop\s?(?:to|2|=)\s?(?:end|opt|quit|unsub|cancel|stop)\w*"
    r"|\b(?:to )?(?:opt[- ]?out|unsubscribe|stop)[, :]+(?:txt|text|reply|send)\b"
    r"|\bstop (?:to )?(?:opt[- ]?out|unsubscribe)\b|\bmsg\s*&\s*data rates|\bmsg freq",
    re.IGNORECASE,
)
INSTRUCTION_SENTENCE = re.compile(rf"(?:{OPT_OUT_LINE.pattern})[^.!?\n]{{0,40}}", re.IGNORECASE)
ANY_INSTRUCTION = re.compile(
    OPT_OUT_LINE.pattern
    + r"|\b(?:to|2) (?:stop|unsub\w*|opt ?-?out|cancel|end)\b|\bunsub\w*\W.{0,25}(?:stop"
    r"|reply|\d{5})"
    r"|\bstop ?(?:sms|txts?|texts?|msgs?)\W+(?:call )?\d"
    r"|\bopt ?-?out\W.{0,20}(?:t(?:e)?xt|stop|\d{5}|availa|to \d)"
    r"|\b(?:t(?:e)?xt|send|reply)\W+(?:\w+ ){0,3}(?:stop|out)\b",
    re.IGNORECASE,
)
LINK = re.compile(
    r"https?://\S+|\bwww\.\S+|\b(?:[a-z0-9-]+\.)+(?:com|net|org|co|io|top|xyz|info|biz"
    r"|shop|site|online|club|vip|cc|ly|me|us"
    r"|uk|link|live|store|icu|buzz|ru|cn|example|app|gl|to|gg|win|bid|loan|click|pro)\b(?:/\S*)?",
    re.IGNORECASE,
)
BLAST_HEAD = re.compile(r"^\s*(?:\[[^\]]{2,30}\]|[A-Z0-9][\w&'.! -]{1,30}):\s")
SALE_WORDS = re.compile(
    r"\b(?:\d+ ?% off|sale|flash|deal|deals|shop now|order now|save|coupon|code|offer"
    r"|discount|free shipping|exclusive|today only"
    r"|ends (?:tonight|soon|today)|new arrivals?|limited|vip|members?|rewards?|bogo"
    r"|donate|vote|appointment|reminder|alert|remitir)\b",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"\?\s*$|\b(?:i|im|i'm|my|you guys|did you|what does|is this|got this|does this|why)\b",
    re.IGNORECASE,
)
ASKS_ABOUT_IT = re.compile(
    r"\b(?:what (?:does|do|happens|is)|mean|legit|scam|is this|got this|did you send)\b.*\?",
    re.IGNORECASE,
)
CODE = re.compile(
    r"\b(?:is your|your)\b.{0,40}\b(?:verification|security|login|log-in|sign-in"
    r"|confirmation|one[- ]time|access|auth\w*|passcode|otp)"
    r"\b.{0,30}?\b(?:code|passcode|password|pin|is)\b.{0,20}\d{3,8}"
    r"|^\W*(?:G-)?\d{3}[ -]?\d{3,5} (?:is|es|est|ist|e) (?:your|su|tu|votre|ihr|dein|o seu)\b"
    r"|^(?:your )?(?:(?:verification|security|login|one[- ]time|access) )?(?:code|otp|pin"
    r"|passcode)(?: is|:) ?\d{4,8}\.?$"
    r"|^(?:\w+\W{1,3}){0,3}?your \w+ (?:\w+ )?(?:code|pin|passcode) is:? \d{4,8}\b"
    r"|\b(?:enter|use) (?:code |verification code )?\d{4,8} to (?:verify|log|sign|confirm|complete)"
    r"|\b(?:verification|security|one[- ]time|login) (?:code|pass(?:code"
    r"|word))\b.{0,25}\d{4,8}.*(?:share|expire|valid|request)"
    r"|\b(?:codigo de verificacion|código de verificación|code de v[ée]rification"
    r"|bestatigungscode|Bestätigungscode|código de verificação)\b.{0,30}\d{4,8}",
    re.IGNORECASE | re.DOTALL,
)
OWN_CODE = re.compile(
    r"\bmy\b|\bthe code (?:you|i)\b|\b(?:promo|discount|coupon|order|gift|zip|tracking)\b",
    re.IGNORECASE,
)
CUSTOMER = re.compile(
    r"\b(?:my (?:order|package|refund|return|size|cart|code|discount|email|daughter|son"
    r"|husband|wife)|do you (?:have|sell|ship|carry)"
    r"|i (?:ordered|bought|want|need|got|received|have|just|tried|cant|can't|never|didn't"
    r"|would)|where(?:'s| is)|can (?:i|you)|is this (?:legit|real|you|a scam)|did you)\b",
    re.IGNORECASE,
)
