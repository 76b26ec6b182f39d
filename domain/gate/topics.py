"""Topics with a fixed answer: what we are, who we are, and what no brand talks about by text."""

import re

from domain.gate.decision import Doubt
from domain.gate.normalise import bounded, folded, words_of

_BOT = re.compile(
    r"\b(?:are|r) (?:you|u|we|yall) (?:\w+ ){0,3}?(?:bot|robot|ai|a i|human|machine"
    r"|computer|automated|chat ?bot|chat ?gpt|real(?= person| human|$)|person|an actual"
    r"|artificial|program)\b"
    r"|\b(?:is|am) (?:this|it|that|i) (?:\w+ ){0,5}?(?:bot|robot|ai|real person|human"
    r"|machine|computer|automated|actual person|live person|chat ?bot|chat ?gpt|person or"
    r"|auto ?reply|real human|real or)\b(?! (?:friendly|made|size|hair))"
    r"|\b(?:you|u|this|ur|youre) (?:a |an |is a |is )?(?:bot|robot|ai|human)\b\??$"
    r"|^(?:a )?(?:bot|robot|ai|human) or (?:a )?(?:human|person|bot|real|real person)$"
    r"|^(?:bot|robot|real person|human)$"
    r"|\b(?:eres|es usted|esto es|hablo con) (?:un |una )?(?:bot|robot|humano|persona"
    r"|maquina|ia)\b|\b(?:etes vous|es tu|suis je|cest|je parle a) (?:\w+ )?(?:un "
    r"|une )?(?:bot|robot|humain|vraie personne|ia|machine)\b"
    r"|\b(?:bist du|sind sie|ist das|spreche ich mit) (?:\w+ )?(?:ein |eine "
    r"|einem )?(?:bot|roboter|mensch|menschen|ki|maschine)\b|\b(?:voce e|vc e|isso e"
    r"|estou falando com) (?:um |uma )?(?:bot|robo|humano|pessoa|maquina|ia)\b"
)
_WHO = re.compile(
    r"^(?:(?:hi|hello|hey|um|sorry|excuse|me|ok|wait|lol|im|but|and|who|may|i"
    r"|ask) )*(?:who(?:s| is| are| r)? (?:this|dis|that|you|u|it|texting(?: me)?"
    r"|these(?: from)?|sending (?:me )?(?:this|these))"
    r"|who (?:dis|this|am i (?:talking|texting|speaking) (?:to|with))|whos this number"
    r"|who is this (?:from|number)|what (?:company|business|store|brand) (?:is this"
    r"|are you)|what is this(?: number| about)?|where (?:did|do) (?:you|u) get (?:my"
    r"|this) (?:phone )?(?:number|info)"
    r"|how (?:did|do|d) (?:you|u) (?:get|have|find|obtain) (?:my|this) (?:cell |phone "
    r"|mobile )?(?:number|info|contact|digits)|who gave (?:you|u) (?:my"
    r"|this) (?:phone )?(?:number|info)|do i know (?:you|u)|why (?:are|do|did|r) (?:you"
    r"|u) (?:have my number|texting me|text me|messaging me)|whose number is this"
    r"|quien (?:es|eres|habla)(?: usted| este)?|de donde (?:sacaron|tienen) mi numero"
    r"|qui est ce|cest qui|qui etes vous|wer (?:ist das|bist du|sind sie)"
    r"|woher haben sie meine nummer|quem (?:e|fala|esta falando)|quem e voce"
    r"|como conseguiram meu numero)"
    r"(?: (?:please|and|from|again|anyway|with|for|lol|number|text|message|what|do|you"
    r"|want|is|this|about|me|which|company|how|get|my|did|who|are|sorry))*$"
)
_BARRED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "cannabis",
            r"\b(?:weed|marijuana|cannabis|ganja|thc|cbd|delta ?(?:8|9)|edibles|bongs?"
            r"|dab (?:pen|rig)s?|hash|kush|pre ?rolls?|joints|kratom|shrooms"
            r"|magic mushrooms|psilocybin)\b",
        ),
        (
            "vape",
            r"\b(?:vapes?|vaping|vape (?:pen|juice)s?|e ?cigs?|e ?cigarettes?|juul"
            r"|elf ?bars?|nicotine)\b",
        ),
        ("tobacco", r"\b(?:tobacco|cigarettes?|cigars?|hookah|chewing tobacco|snus|marlboros?)\b"),
        (
            "alcohol",
            r"\b(?:alcohol|beer|vodka|whiske?y|tequila|bourbon|liquor|booze|rum|gin"
            r"|champagne|wine)\b",
        ),
        (
            "firearms",
            r"\b(?:guns?|firearms?|ammo|ammunition|rifles?|pistols?|handguns?|shotguns?"
            r"|glocks?|silencers?|ar ?15s?)\b",
        ),
        (
            "sex",
            r"\b(?:porn\w*|nudes?|sex toys?|dildos?|vibrators?|escorts?|hookups?"
            r"|send nudes|sexy (?:pics|photos))\b",
        ),
        (
            "gambling",
            r"\b(?:bet(?:ting)? on|sports ?betting|gambl\w+|casinos?|online poker"
            r"|lottery tickets?)\b",
        ),
        (
            "drugs",
            r"\b(?:cocaine|heroin|meth|mdma|ecstasy|xanax|adderall|oxycontin|percocets?"
            r"|viagra|cialis|ozempic|steroids|lsd|fentanyl)\b",
        ),
        (
            "hate",
            r"\b(?:white power|heil hitler|nazi (?:flag|shirt|merch|stuff)|swastikas?|kkk"
            r"|confederate flags?)\b",
        ),
    )
)
_TRADE = re.compile(
    r"\b(?:sell|selling|sells|buy|buying|carry|stock|have any|got any|do you have"
    r"|do (?:you|u|yall) (?:guys )?(?:have|sell|carry|got)|you got|order|get some|get me"
    r"|where can i (?:get|find|buy)|can i (?:get|buy|order|find)|recommend|ship|shipping"
    r"|deliver|price of|how much (?:is|for|are)|best|looking for|want (?:some|to buy)"
    r"|need some|hook me up|venden|vendez vous|verkauft ihr|verkaufen sie|vendem|tienen"
    r"|tem)\b"
)
_HARMLESS = re.compile(
    r"\b(?:weed (?:killer|control|whacker|barrier|eater|mat)|glass(?:es|ware)?|colou?rs?"
    r"|colored|bag|bags|rack|opener|holder|cooler|koozies?|bottle (?:holder|opener|bag)"
    r"|metal|wine red|root beer|beer (?:mug|glass|shirt|stein|garden|belly)|nail|glue"
    r"|spray|heat|massage|nerf|water (?:gun|pistol)s?|toy|top|son of a gun|guns n roses"
    r"|shirts?|tees?|print|mug|hat|socks|cutter|case|humidor|ashtray|lighter|free|wipes?"
    r"|based|rubbing|hand sanitizer|allerg\w+|contain\w*|ingredients?|vinegar|sauce|cake"
    r"|flavou?red?|scent\w*|cork|poster|tool|smok(?:e|er) (?:detector|alarm)|tank top"
    r"|staple|caulk\w*|cotton gin|hemp|finish|barrel|cabinet|charm|stopper|decanter"
    r"|tumbler|cup|cups|table|club membership|smell|stain\w*|spill\w*)\b"
)


def asks_if_bot(text: str) -> bool:
    """Tell whether a text asks whether it talks to a machine."""
    return bool(_BOT.search(words_of(folded(bounded(text)))))


def asks_only_if_bot(text: str) -> bool:
    """Tell whether the question about the machine is all the text holds."""
    return len(words_of(folded(bounded(text))).split()) <= 12 and text.count("?") <= 2


def asks_who(text: str) -> bool:
    """Tell whether a whole message asks who writes and why."""
    return bool(_WHO.match(words_of(folded(text[:300]))))


def barred_topic(text: str) -> tuple[str, Doubt | None] | None:
    """Return the barred topic a text is about, and a doubt when it may be harmless.

    Source: sms.md 4.6, product.md R12. "Wine glasses" and "gun metal" are ordinary goods.
    """
    words = words_of(folded(bounded(text)))
    for name, pattern in _BARRED:
        if not pattern.search(words):
            continue
        if _HARMLESS.search(words) or not _TRADE.search(words):
            return name, Doubt.BARRED_TOPIC
        return name, None
    return None
