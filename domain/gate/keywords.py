"""Compliance keywords per language: a whole message that equals one is settled without a model."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

Language = Literal["en", "es", "fr", "de", "pt"]
LANGUAGES: tuple[Language, ...] = ("en", "es", "fr", "de", "pt")


class Family(StrEnum):
    """What a compliance keyword does."""

    STOP = "stop"
    HELP = "help"
    START = "start"


KEYWORDS: Mapping[Family, Mapping[Language, frozenset[str]]] = MappingProxyType(
    {
        Family.STOP: MappingProxyType(
            {
                "en": frozenset(
                    "stop|stopall|stop all|unsubscribe|cancel|end|quit|revoke|optout|opt out".split(
                        "|"
                    )
                ),
                "es": frozenset(
                    "alto|parar|cancelar|baja|detener|anular|desuscribir|desuscribirme|terminar"
                    "|dar de baja|cancelar suscripcion".split("|")
                ),
                "fr": frozenset(
                    "arret|arreter|arretez|desabonner|desinscrire|desabonnement|desinscription"
                    "|annuler|stop sms".split("|")
                ),
                "de": frozenset("stopp|abmelden|abbestellen|abmeldung|ende|austragen".split("|")),
                "pt": frozenset(
                    "parar|pare|sair|cancelar|descadastrar|remover|cancelar inscricao".split("|")
                ),
            }
        ),
        Family.HELP: MappingProxyType(
            {
                "en": frozenset({"help", "info"}),
                "es": frozenset({"ayuda", "info", "informacion"}),
                "fr": frozenset({"aide", "info", "infos"}),
                "de": frozenset({"hilfe", "info"}),
                "pt": frozenset({"ajuda", "info", "informacao"}),
            }
        ),
        Family.START: MappingProxyType(
            {
                "en": frozenset({"start", "unstop"}),
                "es": frozenset({"iniciar", "comenzar", "empezar", "inicio"}),
                "fr": frozenset({"demarrer", "commencer", "debut", "reabonner"}),
                "de": frozenset({"starten", "anmelden"}),
                "pt": frozenset({"iniciar", "comecar", "inicio"}),
            }
        ),
    }
)
"""In the form of `normalise.keyword_form`. Source: sms.md 4.3 and 1.8 (en, ARRET, AIDE); the other
words are the verbs that providers list for those languages. "Arret" and "aide" count in English
too, because Canada is answered from the same numbers."""

ALWAYS = MappingProxyType({"arret": Family.STOP, "aide": Family.HELP})

CANCEL_WORDS = frozenset({"cancel", "cancelar", "annuler", "anular", "terminar", "remover"})
"""Stop words that are also an ordinary answer to a question about an order (product.md C.5)."""


def match_keyword(
    form: str,
    languages: tuple[Language, ...],
    extra: Mapping[Family, frozenset[str]],
) -> tuple[Family, str] | None:
    """Return the family and the language a whole message belongs to, or None.

    Args:
        form: The message in `keyword_form`.
        languages: Languages the brand serves; English always counts.
        extra: The brand's further compliance words per family.
    """
    if not form or len(form) > 40:
        return None
    for language in dict.fromkeys(("en", *languages)):
        for family in Family:
            if form in KEYWORDS[family][language]:
                return family, language
    for family, words in extra.items():
        if form in words:
            return family, languages[0] if languages else "en"
    always = ALWAYS.get(form)
    return (always, "fr") if always else None


def compliance_words() -> frozenset[str]:
    """Return every reserved word of every language; a brand's own words may not be among them."""
    return frozenset(
        word for family in KEYWORDS.values() for words in family.values() for word in words
    ) | {"yes", "y"}
