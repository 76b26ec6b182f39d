"""French ways to ask for no more texts, unaccented."""

from domain.gate.opt_out.rule import PhraseRule

_FR_GOODS = r"\b(?:commande|colis|livraison|produit|taille|article|remboursement|retour|facture)\b"
_FR_MSG = (
    r"(?:messages?|sms|textos?|pubs?|publicites?|promos?|promotions?|offres|notifications?"
    r"|spams?|demarchage|sollicitations?|marketing|alertes)"
)

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "fr.no_more",
        r"\bn ?(?:e |en )?(?:me |m|nous )?(?:envoyez|envoie|envoies|ecrivez|ecris|ecrivez"
        r"|contactez|contacte"
        r"|contactes|derangez|sollicitez|appelez|textez|envoyer|ecrire|contacter"
        r"|recontactez|spammez"
        r"|harcelez)(?: moi)?(?: (?:plus|pas|jamais)(?! (?:encore|avant|recu))| (?:de|ces|vos))",
        guards=(_FR_GOODS, r"\bpourquoi\b", r"\bavant\b"),
    ),
    PhraseRule(
        "fr.ne_plus",
        r"\b(?:ne|merci de ne|de ne) (?:plus|pas) (?:me |m|nous )?(?:envoyer|ecrire"
        r"|contacter|deranger"
        rf"|solliciter|recevoir|appeler|texter|etre contactee?|menvoyer|mecrire)"
        rf"|\bplus (?:de|aucun|un seul|jamais de|daucun) (?:\w+ )?{_FR_MSG}\b|\b(?:assez"
        r"|marre|ras le bol) (?:de|d)"
        rf" (?:\w+ )?{_FR_MSG}\b|\bpas de {_FR_MSG}\b",
        guards=(_FR_GOODS, r"\bvous n?avez plus de\b", r"\by a(?: t il)? plus de\b"),
    ),
    PhraseRule(
        "fr.stop",
        r"\b(?:d?arret\w+|cess\w+|stopp\w+|stop)(?: (?:tout|toute|de|d|a|aux|avec|vos"
        r"|ces|les|le|moi|maintenant"
        r"|svp|immediatement|ce|cette|tous|toutes|l|lenvoi|envoi|des"
        rf"|me)){{0,5}} (?:{_FR_MSG}|menvoyer|mecrire"
        r"|me (?:contacter|deranger|harceler|spammer|solliciter|texter|envoyer)"
        r"|mharceler|mimportuner"
        rf"|spammer|harceler|envoyer des|ecrire|envoyer|harcelement|contacter|envois?)\b",
        guards=(_FR_GOODS, r"\bn(?:e )?arret\w+ pas\b", r"\bmails?\b"),
    ),
    PhraseRule(
        "fr.unwanted",
        r"\b(?:je )?(?:ne |n)?(?:veux|souhaite|desire|voudrais|veut"
        r"|refuse)(?: (?:ne))? (?:plus|pas|de)(?: (?:recevoir|de|etre"
        r"|vos|des|ces|que|vous|me|m|contactee?|aucun|avoir|vous|les|envoyiez|contactiez"
        r"|ecriviez|par))*?"
        rf" (?:{_FR_MSG}|contactee?|recevoir|derangee?|sollicitee?|que vous (?:me|m)\w*)",
        guards=(_FR_GOODS, r"\bmails?\b"),
    ),
    PhraseRule(
        "fr.unsubscribe",
        r"\b(?:me |nous )?(?:desabonn\w+|desinscri\w+|desinscrire|desengag\w+)\b"
        r"|\bresili\w+ (?:\w+ ){0,3}"
        r"(?:sms|messages|alertes)\b|\bannul\w+ (?:\w+ ){0,3}(?:abonnement (?:aux "
        r"|par )?sms|sms|messages"
        r"|notifications)\b",
        guards=(
            r"\b(?:newsletter|mails?|box|colis|compte|par erreur|sans le vouloir"
            r"|que se passe|si je me"
            r"|pas (?:me )?desabonn|netais pas)\b",
            _FR_GOODS,
        ),
    ),
    PhraseRule(
        "fr.remove",
        r"\b(?:retir\w+|supprim\w+|enlev\w+|effac\w+|ray\w+|sort\w+|otez)(?: (?:moi|svp"
        r"|merci de|s il vous plait"
        r"|de|vite)){0,2} (?:mon numero|mes coordonnees|moi|de (?:votre|vos|la|cette"
        r"|ces) (?:listes?|fichiers?"
        r"|base|bases)|mon nom|ce numero|mon telephone|mon portable)\b|\b(?:retirez"
        r"|supprimez|enlevez|rayez"
        r"|effacez|sortez) moi\b",
        guards=(r"\b(?:panier|compte|carte|article|adresse|liste dattente)\b", _FR_GOODS),
    ),
    PhraseRule(
        "fr.leave_me",
        r"\b(?:laissez|laisse|fichez|foutez|lachez)(?: |-)?(?:moi"
        r"|nous)(?: (?:tranquilles?|la paix|en paix))?$"
        r"|\b(?:laissez|laisse|fichez|foutez) moi (?:tranquille|la paix|en paix)\b|\bca suffit\b",
        guards=(r"\blaissez moi (?:un|une|le|la(?! paix)|savoir|verifier)\b",),
    ),
    PhraseRule(
        "fr.bare",
        r"^(?:(?:svp|merci|s|il|vous|plait|veuillez|bonjour|stop|non|ok|mais|de|je|veux"
        r"|tout|pouvez|allez) )*"
        r"(?:stop|arretez|arrete|arreter|arret|ca suffit|stoppez|cessez)(?: (?:svp|merci"
        r"|s|il|vous|plait|ca|tout"
        r"|stop|maintenant|cela|immediatement|sms|pub|aux|messages))*$",
        guards=(r"\bil arrete\b",),
        bare=True,
    ),
    PhraseRule(
        "fr.not_interested",
        r"^(?:(?:non|merci|desole|desolee|bonjour|mais|je|suis|ne|cela|ca|ne|m|nest"
        r"|cest) )*(?:pas|plus)"
        r" (?:du tout |vraiment )?(?:interessee?s?|interet)(?: (?:merci|par|vos|offres"
        r"|produits|du|tout|desole|au"
        r"|revoir|svp|stop|votre|vos))*$|^(?:(?:non|merci) )*(?:ca"
        r"|cela) (?:ne )?minteresse (?:pas|plus)"
        r"(?: \w+){0,3}$",
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "fr.how",
        r"\bcomment (?:faire pour |puis je |je peux |on peut |peut on |)(?:me |ne plus "
        r"|arreter )(?:\w+ ){0,3}"
        r"(?:desabonner|desinscrire|recevoir|sms|messages|retirer)",
    ),
)
