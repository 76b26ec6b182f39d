"""German ways to ask for no more texts, unaccented; "ue" and "u" for "ü" both count."""

from domain.gate.opt_out.rule import PhraseRule

_MSG = (
    r"(?:nachrichten?|sms|texte|werbung|werbe ?sms|werbenachrichten|mitteilungen|benachrichtigungen"
    r"|angebote|promos?|spam|messages|kontaktaufnahme|marketing|infos|newsletter sms|zeug)"
)
_GOODS = (
    r"\b(?:bestellung|paket|lieferung|rechnung|grosse|groesse|artikel|retoure|erstattung|produkt"
    r"|gutschein)\b"
)
_MAIL = r"\be ?mails?\b|\bnewsletter\b(?! sms)"

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "de.no_more",
        r"\bkeine(?:rlei)?(?: (?:weiteren?|mehr|solchen?|diese|ihrer|eurer|weitere|von"
        rf"|euch))* {_MSG}\b"
        rf"|\bnie (?:wieder|mehr) (?:\w+ )?{_MSG}\b|\b{_MSG} nicht mehr\b",
        guards=(
            _GOODS,
            _MAIL,
            r"\b(?:habe|hab|bekam|erhalten|erhielt) (?:\w+ )?keine\b",
            r"\bkeine (?:\w+ )?(?:nachrichten?|infos|angebote|sms)"
            r" (?:erhalten|bekommen|zur|zum|uber|ueber|verfugbar|da)\b",
        ),
        rescue=r"\bmehr\b|\bweitere",
    ),
    PhraseRule(
        "de.not_contact",
        r"\b(?:schreib\w*|kontaktier\w*|schick\w*|send\w*|text\w*|nerv\w*|belastig\w*"
        r"|melde\w*|simst)"
        r"(?: (?:sie|mir|mich|uns|bitte|ihr|euch))* (?:nicht mehr|nie wieder|nichts mehr"
        r"|keine|nie mehr)\b"
        r"|\b(?:nicht mehr|nie wieder|nichts mehr|nicht weiter)(?: (?:von|zu|mich|mir|per"
        r"|sms|bitte|ihnen|euch))* "
        r"(?:schreiben|kontaktieren|kontaktiert|anschreiben|angeschrieben|melden"
        r"|belastigen|texten|schicken"
        r"|senden|zusenden|horen|zuschicken|stoeren|storen|erhalten|bekommen|kontaktieren)\b",
        guards=(_GOODS, _MAIL, r"\bwarum\b"),
    ),
    PhraseRule(
        "de.stop",
        r"\b(?:hor|hort|hoer|hoert|horen|hoeren)(?: (?:sie|endlich|bitte|doch|jetzt|mal"
        r"|sofort|damit|mit|den"
        rf"|der|dem|diesen|mir|zu|schreiben|texten|nerven|spammen|{_MSG}))* auf\b"
        r"|\b(?:stopp\w*|stop|beend\w*|unterlass\w*|einstell\w*|stellen? sie)(?: (?:sie"
        r"|bitte|die|diese|den|das|mit"
        rf"|ihre|eure|alle|es|mir|von|zu))* {_MSG}\b|\b{_MSG} (?:bitte )?(?:stoppen"
        r"|einstellen|beenden|abbestellen"
        rf"|abmelden|abstellen|deaktivieren|ausschalten|unterlassen|kundigen)\b",
        guards=(_GOODS, _MAIL),
    ),
    PhraseRule(
        "de.unwanted",
        r"\b(?:ich )?(?:mochte|moechte|will|wollen|wunsche|wuensche|brauche)(?: (?:ich"
        r"|bitte|ab|sofort|von|ihnen|euch"
        r"|keine?|nicht|langer|mehr|weiteren|diese|solche|ihre|eure|uber"
        rf"|per))*? (?:{_MSG} (?:mehr )?(?:erhalten"
        rf"|bekommen|empfangen|mehr|haben)|kontaktiert werden|angeschrieben werden)\b",
        guards=(_GOODS, _MAIL, r"^(?:ich )?(?:mochte|moechte|will) (?:die|gerne|wieder)\b"),
    ),
    PhraseRule(
        "de.unsubscribe",
        r"\b(?:mich|uns|nummer|bitte|sms|ich|will|mochte)\b.{0,40}\b(?:abmelden|austragen"
        r"|abbestellen|abmelde"
        r"|rausnehmen|entfernen lassen)\b|\bmeld\w* (?:sie |ihr |mich "
        r"|bitte )*(?:mich )?(?:\w+ ){0,3}ab\b"
        r"|\b(?:abmelden|austragen|abbestellen|abmeldung) bitte\b|\bbitte (?:abmelden"
        r"|austragen|abbestellen)\b"
        r"|\btrag\w* (?:sie |mich |bitte )+(?:\w+ ){0,3}aus\b|\b(?:ich )?(?:widerrufe"
        r"|entziehe)(?: \w+){0,3}"
        r" (?:einwilligung|zustimmung)\b",
        guards=(
            _GOODS,
            _MAIL,
            r"\b(?:konto|aus versehen|versehentlich|was passiert|wenn ich|vom termin|abo)\b",
        ),
    ),
    PhraseRule(
        "de.remove",
        r"\b(?:losch\w*|loesch\w*|entfern\w*|streich\w*|nehm\w*|nimm\w*|vergess\w*"
        r"|vergiss)(?: (?:sie|bitte|sofort"
        r"|mal|endlich))* (?:mich|meine (?:\w+ )?(?:nummer|handynummer|telefonnummer"
        r"|daten|kontaktdaten)"
        r"|diese nummer)\b|\bmeine (?:handy|telefon)?nummer (?:\w+ ){0,4}(?:loschen"
        r"|loeschen|entfernen|streichen)\b"
        r"|\baus (?:dem|der|ihrem|ihrer|eurem|eurer|diesem|dieser) (?:verteiler|liste"
        r"|datenbank|kartei)\b",
        guards=(r"\b(?:warteliste|warenkorb|konto|karte|adresse)\b", _GOODS),
    ),
    PhraseRule(
        "de.leave_me",
        r"\b(?:lass|lasst|lassen sie|lassts?) (?:mich|uns)(?: (?:bitte|endlich|doch"
        r"|einfach|mal|jetzt))* "
        r"(?:in (?:ruhe|frieden)|zufrieden)\b|\bruhe jetzt\b|\bverpiss\w*\b|\bhau\w* ab\b",
    ),
    PhraseRule(
        "de.bare",
        r"^(?:(?:bitte|jetzt|sofort|endlich|hallo|nein|danke|ok|einfach|mal|stop"
        r"|stopp) )*(?:stop|stopp|stoppen"
        r"|aufhoren|aufhoeren|schluss|schluss damit|genug|es reicht|reicht|hort auf"
        r"|hor auf|horen sie auf)"
        r"(?: (?:bitte|jetzt|sofort|danke|damit|endlich|stop|stopp|mit|dem|quatsch))*$",
        bare=True,
    ),
    PhraseRule(
        "de.not_interested",
        r"^(?:(?:nein|danke|sorry|hallo|ich|habe|hab|bin|wir|haben|leider|aber"
        r"|absolut) )*(?:kein(?:erlei)? interesse"
        r"|nicht (?:mehr )?interessiert|nicht an (?:\w+ ){0,2}interessiert)(?: (?:danke"
        r"|mehr|an|ihren|euren|ihrem"
        r"|angeboten|produkten|bitte|daran|vielen|dank|sms|werbung))*$",
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "de.how",
        rf"\bwie (?:kann|melde|komme|bestelle|stoppe|werde)(?: \w+){{0,6}} (?:abmelden|ab"
        r"|abbestellen|stoppen"
        rf"|aus (?:dem|der|diesem) (?:verteiler|liste)|los|{_MSG} stoppen)$",
        guards=(_GOODS, _MAIL),
    ),
)
