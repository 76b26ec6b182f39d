"""How people write security codes, social security numbers, passwords, PINs and one-time codes.

A number alone is never a secret here: order numbers, ZIP codes, prices and sizes look the same.
The words around it decide.
"""

import re
from functools import partial

_IS = r"(?:\s*(?:(?:is|are|was|it'?s|es|ist|est|é)\b|=|:|-+>?|–|—))"
_WORD_END = r"(?![\w]|[.,/-]\d)"
_FREE = r"(?<![\w#$€£.,/-])"

_CVV_NAME = (
    r"\b(?:cv[vcn]2?|csc|cid|(?:card |(?<!social ))security (?:code|number)"
    r"|card verification (?:code|number)|(?<!last )(?:3|three)[- ]digits?(?: code| number)?"
    r"|(?:4|four)[- ]digit code|on the back)\b"
)
_CVV = (
    re.compile(
        rf"{_CVV_NAME}(?:\s+(?:code|number|no|on|the|my|back|of|card))*{_IS}*[\s#.]*"
        rf"(?P<secret>\d{{3,4}}){_WORD_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_FREE}(?P<secret>\d{{3,4}}){_IS}?\s*(?:the |my )?{_CVV_NAME}(?![^.!?\n]{{0,20}}[\d\[])",
        re.IGNORECASE,
    ),
    # Whatever short number follows a card (and its expiry date) is its security code.
    re.compile(
        r"(?<=\[card ending \d{4}\])(?:[\s,;:/.-]|exp(?:iry|ires|iration)?|valid|date|thru|and)*"
        r"(?:\d{1,2}\s?[/.-]\s?\d{2,4}|\d{4}(?=[\s,;]+\d{3}))?[\s,;:/.-]*"
        rf"(?P<secret>\d{{3,4}}){_WORD_END}(?!\s*(?:[$€£%]|dollars|usd))",
        re.IGNORECASE,
    ),
)

_SSN_NAME = (
    r"(?<!\[)\b(?:ssn|itin|tax id|social security|my social)\b(?! (?:media|account|post|page))"
)
_SSN = (
    # Area 000 and 666, group 00 and serial 0000 are never issued; 9xx is a taxpayer number.
    re.compile(
        r"(?<![\w-])(?P<secret>(?!000|666)\d{3}(?P<dash>[-\u2010-\u2015])(?!00)\d{2}(?P=dash)"
        r"(?!0000)\d{4})(?![\w-])"
    ),
    re.compile(
        rf"{_SSN_NAME}[^\d\n\[]{{0,25}}(?P<secret>\d{{3}}[ .-]?\d{{2}}[ .-]?\d{{4}}|\d{{4}})"
        rf"{_WORD_END}",
        re.IGNORECASE,
    ),
)

_LOGIN_WORD = (
    r"(?<!\[)\b(?:pass ?words?|passwd|pass ?code|pass ?phrase|pwd|pw|contraseña|mot de passe|"
    r"passwort|kennwort|senha)\b"
)
_PASSWORD = re.compile(
    rf"{_LOGIN_WORD}(?: (?:for|to|on) (?:my|the|your) \w+)?(?P<is>{_IS}(?:\s*:)?)?\s*"
    r"(?P<secret>\"[^\"\n]{1,64}\"|“[^”\n]{1,64}”|'[^'\n]{1,64}'|(?!\[(?:password|one-time))\S{3,64})",
    re.IGNORECASE,
)
# What follows "my password is" when it is no password.
_ORDINARY = frozenset(
    "not never still always also now being getting too very so really just the and for that this "
    "what where how why wrong incorrect invalid expired broken missing lost forgotten required "
    "needed correct right working changed hard easy weak strong short long secure safe unknown "
    "empty blank blocked locked compromised stolen hacked leaked same different asking gone old "
    "new updated saved stored used set good fine okay denied rejected accepted failing failed "
    "stuck confusing annoying bad useless reset help please none case-sensitive isn't doesn't "
    "won't can't".split()
)

_PIN = (
    re.compile(
        rf"\bpin(?P<named>\s+(?:code|number|no))?\b(?:\s+(?:for|to|of|on)(?: \w+){{1,3}}?)?"
        rf"{_IS}\s*(?P<secret>\d{{4,8}}){_WORD_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:\b(?:my|atm|debit|card)\s+pin|\bpin\s+(?:code|number|no))\s+"
        rf"(?P<secret>\d{{4,8}}){_WORD_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_FREE}(?P<secret>\d{{4,8}})\s+is\s+(?:my|the|your)\s+(?:\w+\s+)?pin\b", re.IGNORECASE
    ),
)
_ADDRESS = re.compile(r"\b(?:city|state|street|address|zip|postal|district)\b", re.IGNORECASE)

_OTP_DIGITS = r"(?P<secret>(?:[A-Z]-)?(?:\d{4,8}|\d{3}[ -]\d{3,4}))"
_CODE_WORD = r"(?:code|c[oó]digo|pin|password|passcode)"
_OTP_NAME = (
    r"\b(?:(?:verification|log-? ?in|sign-? ?in|auth(?:entication|orization)?|one[- ]time"
    rf"|two[- ]factor|security|access|activation)\s+{_CODE_WORD}"
    rf"|(?:otp|2fa|mfa)(?:\s+{_CODE_WORD})?)"
)
_OTP = (
    re.compile(rf"{_OTP_NAME}\b{_IS}?\s*{_OTP_DIGITS}{_WORD_END}", re.IGNORECASE),
    re.compile(
        rf"\buse\s+(?:code\s+)?{_OTP_DIGITS}\s+(?:to|for)\s+(?:log|sign|verif|confirm|auth)",
        re.IGNORECASE,
    ),
)
_BARE_CODE = (
    re.compile(
        rf"(?P<label>\b\w+[\s-]+)?\b(?:code|c[oó]digo){_IS}\s*{_OTP_DIGITS}{_WORD_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_FREE}{_OTP_DIGITS}\s+is\s+(?:your|my|the)\s+(?P<label>(?:[\w']+\s+){{0,4}}?)"
        r"(?:code|otp|passcode)\b",
        re.IGNORECASE,
    ),
)
# A code with one of these words near it is meant to be read.
_PUBLIC_CODE = re.compile(
    r"\b(?:zip|post(?:al)?|area|country|region|discount|promo\w*|coupon|voucher|offer|referral"
    r"|gift|reward|redemption|product|item|style|colou?r|sku|order|tracking|error|bar|qr|store"
    r"|return|booking|reservation|confirmation|pick-?up|gate|door|building|buzzer|entry|garage"
    r"|dress|tax|hs|identifier)\b|% ?off",
    re.IGNORECASE,
)


def mask_security_codes(text: str, placeholder: str) -> str:
    """Replace the three or four digits on a payment card, named as such or right behind one."""
    return _mask_all(text, _CVV, placeholder)


def mask_social_security_numbers(text: str, placeholder: str) -> str:
    """Replace US social security and taxpayer numbers; their last four only when named."""
    return _mask_all(text, _SSN, placeholder)


def mask_passwords(text: str, placeholder: str) -> str:
    """Replace what is given as a password, and leave "my password is not working" alone."""
    return _PASSWORD.sub(
        lambda match: _mask(match, placeholder) if _gives_password(match) else match.group(), text
    )


def mask_pins(text: str, placeholder: str) -> str:
    """Replace four to eight digits given as a PIN; in an address it is an Indian ZIP code."""
    return text if _ADDRESS.search(text) else _mask_all(text, _PIN, placeholder)


def mask_one_time_codes(text: str, placeholder: str) -> str:
    """Replace sign-in codes; a discount, ZIP or order code is left alone."""
    text = _mask_all(text, _OTP, placeholder)
    if _PUBLIC_CODE.search(text):
        return text
    return _mask_all(text, _BARE_CODE, placeholder)


def _mask_all(text: str, patterns: tuple[re.Pattern[str], ...], placeholder: str) -> str:
    for pattern in patterns:
        text = pattern.sub(partial(_mask, placeholder=placeholder), text)
    return text


def _mask(match: re.Match[str], placeholder: str) -> str:
    start, end = (offset - match.start() for offset in match.span("secret"))
    return match.group()[:start] + placeholder + match.group()[end:]


def _gives_password(match: re.Match[str]) -> bool:
    secret, stated = match["secret"], (match["is"] or "").strip()
    word = secret.rstrip(".,;:!?)").casefold().replace("’", "'")
    if word in _ORDINARY or word.startswith(("http", "#", "$", "(")) or len(word) < 3:
        return False
    if re.search(r"\d", word):
        return True
    if not stated:
        return False
    if stated[0] in ":=-" or secret[0] in "\"“'" or re.search(r"[^\w'-]", word):
        return True
    # A plain word is a password only where the clause ends with it.
    rest = match.string[match.end() :].lstrip(" ")
    return not rest or rest[0] in ".,;!?\n" or secret[-1] in ".,;!?"
