"""Every platform's and language's wording of a reaction sent as text."""

import regex

_E = r"(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\ufe0f\u200d])+"
_OPEN, _CLOSE = '[“"„«‘‟「]', '[”"“»’」]'
_QUOTE = rf"{_OPEN}\s*(?P<quote>.*?)\s*(?:{_CLOSE}|(?:…|\.\.\.))[\s.…\u200a\u200b]*"
_MEDIA = (
    r"(?:(?:an?|the|your|this|\d+) )?(?:image|photo|picture|video|movie|attachment|link|contact"
    r"|audio message|voice message|sticker|gif|animation|location|file|memoji|message)s?\.?"
)
_TARGET = rf"(?:{_QUOTE}|{_MEDIA})"
_FORMS: tuple[tuple[str, str], ...] = (
    ("ios_en", rf"(?P<verb>loved|liked|disliked|laughed at|emphasi[sz]ed|questioned) {_TARGET}"),
    (
        "ios_en_removed",
        r"(?P<removed>removed) an? (?:heart|like|dislike|laugh|exclamation(?: mark| point)?"
        rf"|emphasis|question mark|reaction) from {_TARGET}",
    ),
    ("ios_en_emoji", rf"reacted (?:with )?(?:(?P<emoji>{_E})|(?:with )?a sticker) to:? {_TARGET}"),
    ("ios_en_emoji_removed", rf"(?P<removed>removed) {_E} from {_TARGET}"),
    ("android_removed", rf"(?P<emoji>{_E})\s*(?P<removed>removed from)\s*{_QUOTE}"),
    ("android", rf"(?P<emoji>{_E})\s*(?:to|a|à|auf|zu|sur|para|на|в ответ на) {_QUOTE}"),
    (
        "es",
        r"(?:(?P<removed>ya no le (?:gusta|encanta|da risa)|elimino [^“\"«]{1,40} de"
        r"|quito [^“\"«]{1,40} de)|(?P<verb>(?:no )?(?:le|me|te) (?:gusto|gusta|encanto|encanta"
        r"|dio risa|da risa|ha gustado)|exclamo por|dudo sobre|se rio de|enfatizo|cuestiono)"
        rf"|reacciono con (?P<emoji>{_E}|un sticker) a) ?:? ?{_QUOTE}",
    ),
    (
        "pt",
        r"(?:(?P<removed>removeu [^“\"«]{1,40} de)|(?P<verb>(?:nao )?gostou de|curtiu|adorou|amou"
        r"|riu de|enfatizou|questionou|deu risada de)"
        rf"|reagiu com (?P<emoji>{_E}|um sticker|uma figurinha) (?:a|à)) ?:? ?{_QUOTE}",
    ),
    (
        "fr",
        r"(?:(?P<removed>a (?:retire|supprime) [^“\"«]{1,40} (?:de|a|du|sur))"
        r"|(?P<verb>(?:a |n.a pas )(?:aime|adore|ri (?:a|de)|souligne|mis en evidence)"
        r"|a ajoute [^“\"«]{1,40} (?:a|sur)|a pose une question sur)"
        rf"|a reagi (?:avec|par) (?P<emoji>{_E}|un sticker) (?:a|au|sur)) ?:? ?{_QUOTE}",
    ),
    (
        "de",
        rf"(?:(?P<verb>gefallt(?: mir| nicht)?|liebt|betont|lacht uber|hinterfragt):?) ?{_QUOTE}",
    ),
    ("de_emoji", rf"(?:hat )?mit (?P<emoji>{_E}) auf {_QUOTE} reagiert\.?"),
    (
        "de_added",
        rf"(?:zu )?{_QUOTE} (?:wurde )?(?:ein(?:en?)? )?(?:[^“\"„]{{1,30}} )?hinzugefugt\.?",
    ),
    ("de_removed", rf"[^“\"]{{0,4}}[^“\"]{{1,30}}[“”\"]? (?P<removed>von) {_QUOTE} entfernt\.?"),
    (
        "it",
        r"(?:(?P<removed>ha rimosso [^“\"«]{1,40} da)|(?P<verb>ha aggiunto [^“\"«]{1,40} a"
        r"|trova divertente|(?:ha messo )?mi piace(?: a)?|adora|piace|ha enfatizzato)"
        rf"|ha reagito con (?P<emoji>{_E}) a) ?:? ?{_QUOTE}",
    ),
    (
        "zh",
        rf"(?:(?P<verb>喜欢|喜歡|很喜欢|不喜欢|大笑|强调了?|质疑了?)|已用{_E}回[應应]) ?{_QUOTE}",
    ),
    ("zh_toward", rf"[对對]{_QUOTE}表示.{{1,8}}"),
    (
        "ru",
        r"(?:(?P<verb>(?:не )?понравилось|посмеялись над|выделено|вопрос к)"
        rf"|отреагировал(?:а|и|\(а\))? (?P<emoji>{_E}) на(?: сообщение)?) ?{_QUOTE}",
    ),
)
COMPILED_FORMS = tuple(
    (name, regex.compile(pattern, regex.DOTALL | regex.IGNORECASE)) for name, pattern in _FORMS
)
# Google Messages frames the emoji in zero-width spaces and the quote in hair spaces.
GOOGLE = regex.compile(
    rf"\u200a?.{{0,12}}?(?P<mark>[\u200b\u200c])(?P<emoji>{_E})[\u200b\u200c](?P<rest>.*)",
    regex.DOTALL,
)
ANY_QUOTE = regex.compile(
    rf"(?P<head>[^“„«\"]{{0,40}}){_OPEN}(?P<quote>.+){_CLOSE}(?P<tail>.{{0,25}})", regex.DOTALL
)
MOJIBAKE = (("â€œ", "“"), ("â€\x9d", "”"), ("â€™", "’"), ("â€¦", "…"), ("â€", "”"))
TRIGGER = regex.compile(
    rf"[“”\"„«「‘…]|\u200a|\.\.\.|^\s*{_E}"
    r"|^\s*(?:loved|liked|disliked|laughed at|emphasi[sz]ed|questioned|reacted|removed)\b",
    regex.IGNORECASE,
)
