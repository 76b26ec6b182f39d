"""Brands that may not text, and topics no brand may talk about by text."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from domain.gate.normalise import keyword_form

_BARRED: Mapping[str, str] = MappingProxyType(
    {
        "sexual content": r"sex|sexual|adult (content|entertainment|toys?|products?|dating)|"
        r"porn\w*|erotic\w*|escort\w*|strip clubs?|onlyfans",
        "hate": r"hate|hate speech|extremis[mt]\w*|white supremac\w*",
        "alcohol": r"alcohol\w*|beers?|wines?|winery|spirits|liquors?|brewer(y|ies)|"
        r"distiller(y|ies)|whiske?ys?|vodka|tequila|cocktails?|hard seltzers?",
        "firearms": r"firearms?|guns?|ammo|ammunition|weapons?|rifles?|pistols?|silencers?|"
        r"suppressors?",
        "tobacco": r"tobacco|cigarettes?|cigars?|nicotine|smoking|smoke shops?|hookahs?|snus|"
        r"snuff",
        "vaping": r"vap(e|es|ing)|e ?cig(arette)?s?|e ?liquids?",
        "cannabis": r"cannabis|marijuana|weed(?! (control|killer|barrier))|hemp (oil|flower|extract"
        r"|gumm)\w*|thc|delta ?(8|9|10)|dispensar(y|ies)|edibles",
        "CBD": r"cbd|cannabidiol|kratom|kava",
        "illegal or prescription drugs": r"(illegal|illicit) (drugs|substances)|drugs|"
        r"prescription (drugs?|medicines?|medications?)|pharmaceuticals?|opioids?|"
        r"online pharmac(y|ies)|psilocybin|magic mushrooms|steroids|glp ?1|semaglutide|ozempic",
        "gambling": r"gambl\w*|casinos?|bett?ing|sports ?books?|poker|lotter(y|ies)|slots",
        "high-risk finance": r"payday( loans?)?|loans?|short term lending|debt (relief|collection|"
        r"consolidation|settlement)|credit repair|crypto\w*|bitcoin|forex|binary options|nfts?",
        "lead generation": r"lead gen\w*|affiliate (marketing|leads)|third party leads",
        "multi-level marketing": r"mlm|multi ?level marketing|pyramid schemes?|get rich quick|"
        r"work from home schemes?",
        "politics": r"politic\w*|election campaigns?|political (party|fundraising)",
        "sweepstakes": r"sweepstakes|contests and giveaways",
    }
)
"""Source: sms.md 4.6 and product.md C.6; SHAFT first, then what providers bar beside it."""

_PATTERNS = MappingProxyType(
    {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in _BARRED.items()}
)


class ActivationRefused(ValueError):
    """The brand's category is barred on SMS; the sentence names the class and the field.

    Args:
        category: What the brand states it sells.
        barred: The barred class it falls into.
    """

    def __init__(self, category: str, barred: str) -> None:
        super().__init__(
            f'identity.category "{category}" is barred on SMS ({barred}): carriers refuse it, so '
            "the agent cannot be activated for this brand on this channel"
        )
        self.category = category
        self.barred = barred


def barred_category(category: str) -> str | None:
    """Return the barred class a brand's category falls into, None when it is allowed."""
    form = keyword_form(category)
    for name, pattern in _PATTERNS.items():
        if pattern.search(form):
            return name
    return None


def find_refusal(given: object) -> ActivationRefused | None:
    """Return why a brand may not text, read from settings that need not be right otherwise.

    Args:
        given: Settings as they came, of any shape.

    Returns:
        None when they state no category, or one that may text.
    """
    identity = given.get("identity") if isinstance(given, Mapping) else None
    category = identity.get("category") if isinstance(identity, Mapping) else None
    barred = barred_category(category) if isinstance(category, str) else None
    return ActivationRefused(str(category), barred) if barred is not None else None


def check_category(category: str) -> None:
    """Refuse a brand that may not text.

    Raises:
        ActivationRefused: The category is barred; the reason is in its sentence.
    """
    if not keyword_form(category):
        msg = "identity.category is empty: say in one or two words what the brand sells"
        raise ValueError(msg)
    barred = barred_category(category)
    if barred is not None:
        raise ActivationRefused(category, barred)
