"""Whether a text asks for no more texts: the opt-out rules of every language, put together."""

import re

from domain.gate.context import GateContext
from domain.gate.normalise import bounded, folded, is_only_pictures, pictures, words_of
from domain.gate.opt_out import english, english_more, german, romance, wrong_number
from domain.gate.opt_out.rule import Finding, PhraseRule, Strength
from domain.gate.opt_out.spelling import is_stop_typo, plain_words, squeezed
from domain.gate.spam import without_instruction
from domain.gate.question import agent_asks, asks_something
from domain.message import MessageOrigin

_ENGLISH = (*english.RULES, *english_more.RULES)
_OTHERS = (*romance.RULES, *german.RULES)
_WRONG = wrong_number.RULES

_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|(?<=[!?;])|\n+|…|\.{2,}|\s[-–—|]\s|[\"“”«»()\[\]]+")
_CLAUSE = re.compile(r"[,]+|\b(?:and|but|so|or|y|pero|et|mais|und|aber|e|mas)\b")
_NUMBER_SIGN = re.compile(r"#(?!\s?\d)")

# Without one of these no rule can match; most texts end here.
_STEMS = re.compile(
    r"stop|s.?t.?o.?p|un sub|unsub|uns|umsub|ubsub|undub|unaub|insubs|opt|quit|cease|desist|discontinu|remov|take|delete"
    r"|drop|lose|forget|erase|scratch|leave me|let me|alone|away|lost|block|spam|harass|bother|revok|withdraw|rescind"
    r"|consent|cancel|end|text|txt|message|msg|mesag|massage|messge|contact|list|interest|intrest|number|numba|person|name|more|knock"
    r"|wrong|belongs|meant|intended|someone|new phone|new number|no one|nobody|this isnt|im not|not |enough|halt"
    r"|cut|off|beat|hike|shut|stfu|gtfo|hop|spare|sod|sick|tired|done|count|want|never|sign|order|put me|get|hell"
    r"|bent|stpo|sotp|srop|stap|stah|tsop|syop|dtop|sopt|alto|par[ae]|baja|desus|dejen|deje|deja|borr|elimin|quit"
    r"|saq|sac|basta|mensaj|numero|molest|manden|mande|envi|escri|equivoc|arret|cess|desab|desin|desen|retir|supprim"
    r"|enlev|effac|laiss|fich|foute|lach|suffit|plus|pas |sms|nicht|kein|nachricht|hor|abmeld|austrag|abbest|losch"
    r"|loesch|entfern|lass|schluss|genug|reicht|aufhor|widerr|entzieh|falsch|verwahl|nummer|verteiler|chega|sair"
    r"|descad|tir[ae]|exclu|apag|mensag|deix|larg|engan|pessoa|promo|marketing|market|solicit|alert|notif|fuck|piss|bug"
    r"|inter[eé]s|teress|meld|perturb|incomod|dese[oj]|qui[es]|quero|souhait|veux|mochte|moechte|trag|ruhe|resili|annul|anul|suspend|deten|autori|rmv|disturb|asking|consent|enganou|dar de|doy de|paren|mauvais|faux|tromp|erreur|comment|wie |sem |ningun|stip|stp|shut|terminate"
)
_DOUBTFUL = re.compile(
    r"\b(?:stop(?! (?:working|by|at|in|over|loss|sign|motion|and shop|loading|responding|selling|making|carrying))"
    r"|unsubscribe\w*|opt(?:ed|ing)? out|quit texting|leave me|lose my number|no more|not interested|spam\w*"
    r"|harass\w*|remove me|take me off|revoke|consent|(?:dont|never|not) (?:text|message|contact|send me)"
    r"|too many (?:texts|messages)|(?:these|your|the|so many|all these) (?:texts|messages)"
    r"|(?:hate|annoying|sick of|tired of) \w*|desuscri\w*|de baja|mensajes|desabonn\w*|abmelden"
    r"|nachrichten|mensagens|descadastr\w*|block(?:ing|ed)? (?:you|me|this)|text me)\b"
)
_PLAIN_GOODS = re.compile(
    r"\b(?:bus|truck|train|pit|door|full|rest|whistle|next|first|last|non|back|short|tab|one) stops?\b|\bstop(?:s|ped|per|ping)?"
    r" (?:by|at|in|over|working|shipping|selling|making|carrying|the (?:order|shipment|package|delivery|payment|sale)"
    r"|my (?:order|subscription|shipment|auto ?ship|delivery)|wearing|loading|charging|responding|smelling)\b"
    r"|\b(?:cant|never|wont|doesnt|didnt) stop \w+ing\b|\bno more (?:\w+ ){0,2}(?:questions?|queries|help|details|left|in)\b"
)
_DELIGHT = re.compile(
    r"\b(?:love|loves|loving|lov|luv|adorable|cute|cutest|gorgeous|amazing|obsessed|beautiful|stunning|perfect|pretty|so good"
    r"|need (?:this|these|it|them)|(?<!dont )(?<!not )(?<!never )want (?:this|these|it|them|one|all)|lol|lmao|lmfao|haha\w*|hehe\w*|rofl|dying|dead|crying"
    r"|hilarious|funny|fire|too good|drooling|swoon|iconic|slay|fabulous|delicious|precious|omgg+|yummy|dreamy"
    r"|my heart|im in love|sweetest|incredible|insane deal|tempting|wallet|broke|die for|favorite|shut the front door)\b"
)
_DELIGHT_PICTURES = frozenset("😍🥰❤♥🔥😂🤣😭💀😩🤩💕💖💗😻🫶✨💛💙💜🧡💚😆😹🥹😱🤯👏🙌💯")
_MARKETING = re.compile(
    r"\b(?:promos?|promotions?|promotionals?|marketing|sales?|deals?|ads?|adverts?|advertis\w+|offers?|coupons?"
    r"|promociones|publicidad|ofertas|propaganda|pubs?|publicites?|offres|werbung|angebote|promocoes|only)\b"
)
_EVERYTHING = re.compile(
    r"\b(?:all (?:texts|messages|communications?)|anything|everything|any (?:texts|messages)|remove|unsubscribe"
    r"|database|list|my number|spam|nothing|opt out)\b"
)
_STOP_PICTURES = frozenset("🛑✋⛔🚫")
_TEXT_AND_DRIVE = re.compile(r"\b(?:dont |never )?(?:text|txt)(?:ing)? (?:and|n|&|while) driv\w+")
_MAX_WORDS = 60
_CLAUSED_WORDS = 30


def find_opt_out(text: str, context: GateContext) -> Finding | None:
    """Say whether a text asks for no more texts.

    Args:
        text: The raw body.
        context: What was sent before; a question of the agent changes what bare words mean.

    Returns:
        A settled finding, a doubt for the model, or None.

    Source: sms.md 7.2 and 7.3, design section 4.
    """
    pictured = _pictured(text)
    if pictured is not None:
        return pictured
    lowered = squeezed(folded(_NUMBER_SIGN.sub(" number ", bounded(without_instruction(text)))))
    lowered = _TEXT_AND_DRIVE.sub(" ", lowered)
    if not _STEMS.search(lowered):
        return None
    split = [(part, words) for part in _SENTENCE.split(lowered) if (words := words_of(part))]
    sentences = [words for _, words in split]
    clauses = [
        clause
        for part, words in split
        if words.count(" ") < _CLAUSED_WORDS
        for piece in _CLAUSE.split(part)
        if (clause := words_of(piece)) and clause != words
    ]
    form = " ".join(sentences)
    if is_stop_typo(form):
        return Finding(strength=Strength.HIT, rule="en.stop_typo", language="en")
    plain = [plain_words(part) for part in sentences]
    plain_clauses = [plain_words(clause) for clause in clauses]
    whole = plain_words(form)
    delighted = _is_delighted(whole, text)
    answered = agent_asks(context)
    wrong = _search(_WRONG, [*plain, *plain_clauses], delighted=False, answered=False)
    if wrong is not None and wrong.strength is Strength.HIT:
        return wrong.model_copy(update={"wrong_number": True})
    found = _search(
        _ENGLISH,
        _windows(plain, plain_clauses, whole),
        whole=whole,
        delighted=delighted,
        answered=answered,
    )
    if found is None or found.strength is Strength.DOUBT:
        other = _search(
            _OTHERS,
            [*(" ".join(part.split(" ")[:_MAX_WORDS]) for part in sentences), *clauses],
            delighted=delighted,
            answered=answered,
        )
        found = _stronger(found, other)
    if found is None and wrong is None:
        return _doubtful(whole, context)
    if found is None or found.strength is Strength.DOUBT:
        return found or wrong
    return _scoped(found, whole, lowered)


def _pictured(text: str) -> Finding | None:
    if not is_only_pictures(text):
        return None
    shown = {char for picture in pictures(text) for char in picture}
    if shown & _STOP_PICTURES:
        return Finding(strength=Strength.HIT, rule="any.stop_sign", language="en")
    if "🖕" in shown:
        return Finding(strength=Strength.DOUBT, rule="any.middle_finger", language="en")
    return None


def _windows(plain: list[str], clauses: list[str], whole: str) -> list[str]:
    """Return what English rules read: sentences in bounded pieces, clauses, and the whole."""
    parts: dict[str, None] = {}
    for words in plain:
        tokens = words.split(" ")
        for start in range(0, len(tokens), _MAX_WORDS - 20):
            parts[" ".join(tokens[start : start + _MAX_WORDS])] = None
            if start + _MAX_WORDS >= len(tokens):
                break
    # In a long sentence "then stop" tells a story; in a short one it is the point.
    parts.update(dict.fromkeys(clauses))
    if len(whole) <= 160:
        parts[whole] = None
    return [part for part in parts if part]


def _search(
    rules: tuple[PhraseRule, ...],
    parts: list[str],
    *,
    whole: str = "",
    delighted: bool,
    answered: bool,
) -> Finding | None:
    doubt: Finding | None = None
    for rule in rules:
        for part in parts:
            if rule.whole and part != whole:
                continue
            strength = rule.test(part)
            if strength is None:
                continue
            if rule.bare and delighted:
                continue
            if answered and (rule.bare or rule.needs_campaign_or_silence):
                strength = Strength.DOUBT
            finding = Finding(strength=strength, rule=rule.name, language=rule.language)
            if strength is Strength.HIT:
                return finding
            doubt = doubt or finding
    return doubt


def _stronger(first: Finding | None, second: Finding | None) -> Finding | None:
    if second is not None and (first is None or second.strength is Strength.HIT):
        return second
    return first


def _doubtful(whole: str, context: GateContext) -> Finding | None:
    if not _DOUBTFUL.search(whole) or _PLAIN_GOODS.search(whole):
        return None
    last = context.last_outbound
    if last is not None and last.origin is MessageOrigin.CAMPAIGN and whole in {"spam", "no more"}:
        return Finding(strength=Strength.HIT, rule="en.bare_after_campaign", language="en")
    return Finding(strength=Strength.DOUBT, rule="any.stem", language="en")


def _is_delighted(whole: str, text: str) -> bool:
    return bool(_DELIGHT.search(whole)) or any(
        char in _DELIGHT_PICTURES for picture in pictures(text) for char in picture
    )


def _scoped(found: Finding, whole: str, lowered: str) -> Finding:
    marketing = found.rule == "en.only_orders" or (
        bool(_MARKETING.search(whole)) and not _EVERYTHING.search(whole)
    )
    return found.model_copy(
        update={
            "scope": "marketing" if marketing else "all",
            "with_question": asks_something(lowered, found.rule),
        }
    )
