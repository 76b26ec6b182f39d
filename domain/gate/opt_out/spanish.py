"""Spanish ways to ask for no more texts, unaccented."""

from domain.gate.opt_out.rule import PhraseRule

_ES_GOODS = (
    r"\b(?:pedido|orden|paquete|envio|producto|talla|color|reembolso|devolucion|cupon|articulo)\b"
)
_ES_MAIL = r"\b(?:correos?|e ?mails?|llamadas)\b"
_ES_MSG = (
    r"(?:mensajes?|mensajitos?|textos?|sms|publicidad|promociones|promos?|ofertas|spam"
    r"|notificaciones|anuncios|propaganda|marketing|alertas|cosas|esto|nada)"
)

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "es.no_send",
        r"\bno (?:me |nos |quiero que me |le |vuelvan a |vuelva a )*(?:manden|mandes"
        r"|mande|envien|envies"
        r"|envie|escriban|escribas|escriba|contacten|contactes|contacte|molesten|molestes|molestar"
        r"|moleste|textees|texteen|llamen|enviar(?:me)?|mandar(?:me)?|escribir(?:me)?"
        r"|contactar(?:me)?"
        r"|sigan (?:enviando|mandando|escribiendo)(?:me)?)\b(?!.*\b(?:antes|despues) de\b)",
        guards=(_ES_GOODS, r"\b(?:factura|codigo|antes|noche)\b"),
        rescue=rf"\b{_ES_MSG}\b",
    ),
    PhraseRule(
        "es.stop_sending",
        r"\b(?:deje|dejen|deja|dejad|dejar|paren?|cesen?|basta"
        r"|parad) (?:ya )?de (?:\w+ )?(?:mandar\w*|enviar\w*"
        r"|escribir\w*|molestar\w*|textear\w*|contactar\w*|mensajear\w*|recibir\w*"
        r"|hacer spam|spamear\w*"
        r"|joder|chingar|llamar\w*|mensajes|tantos mensajes)\b",
        guards=(_ES_GOODS, r"\bno (?:dejen|dejes|deje)\b"),
    ),
    PhraseRule(
        "es.stop_messages",
        r"\b(?:paren?|detengan?|cancel\w+|anul\w+|desactiv\w+|elimin\w+|quit\w+"
        r"|suspend\w+|terminen?|stop)"
        r"(?: (?:ya|los|las|la|el|estos|estas|sus|todos|todas|con|de|tus|mis|suscripcion"
        r"|a|por|favor|su|mi"
        rf"|recibir|envio|enviar|servicio|mas)){{0,6}} {_ES_MSG}\b",
        guards=(r"\b(?:pedido|orden|paquete|promocion no|codigo)\b", _ES_MAIL),
    ),
    PhraseRule(
        "es.unwanted",
        r"\b(?:ya )?no (?:quiero|deseo|quisiera|me interesa|necesito|queremos"
        r"|me gustaria|autorizo|quiera)"
        r"(?: (?:mas|recibir|seguir|recibiendo|que|me|sigan|sus|tus|estos|estas|sus|de"
        r"|ningun|tantos|los|las"
        r"|esos|enviando|mandando|manden|envien|contacten|escriban|ser|contactad[oa]|su"
        r"|ver|el|la|ustedes"
        rf"|molesten|tener))*? (?:{_ES_MSG}|mas|contactad[oa]|me (?:manden|envien"
        r"|escriban|contacten"
        rf"|molesten|llamen))\b",
        guards=(
            _ES_GOODS,
            _ES_MAIL,
            r"\besperar mas\b",
            r"^no quiero mas (?!mensajes|textos|sms|promo)"
            r"\w+ \w+ \w+ \w+",
        ),
    ),
    PhraseRule(
        "es.unsubscribe",
        r"\b(?:dar(?:me|se)? de baja|dame de baja|denme de baja|deme de baja|me den de baja"
        r"|me doy de baja|de baja por favor|baja por favor|la baja|de baja)\b|\b(?:desuscri\w+"
        r"|dessuscri\w+|desinscri\w+|desapunt\w+|borrarme|eliminarme)\b|\banular (?:mi "
        r"|la )?suscripcion\b"
        r"|\bcancel\w+ (?:mi |la )?suscripcion (?:a|de) (?:los )?(?:mensajes|sms|textos)\b",
        guards=(
            r"\b(?:cuenta|correo|newsletter|boletin|caja|seguro|por error|sin querer"
            r"|que pasa si)\b",
            _ES_GOODS,
        ),
    ),
    PhraseRule(
        "es.remove",
        r"\b(?:borr\w+|elimin\w+|quit\w+|sac\w+|saqu\w+|remuev\w+|retir\w+)(?: (?:por"
        r"|favor|a|de|ya)){0,3}"
        r" (?:mi numero|mi telefono|mis datos|este numero|mi celular|me)\b"
        r"|\b(?:borreme|borrenme|borrame|eliminenme|eliminame|elimineme|quitenme|quitame"
        r"|quiteme|saquenme"
        r"|sacame|saqueme|remuevanme|retirenme)\b(?! (?:el|la|los|las|un|una|mi|ese|esa|este|lo)\b"
        r"(?! (?:lista|numero|base)))|\b(?:de|fuera de) (?:su|la|esta|tu) lista\b",
        guards=(r"\b(?:lista de espera|carrito|cuenta|tarjeta|direccion)\b", _ES_GOODS),
    ),
    PhraseRule(
        "es.no_more",
        rf"\b(?:no|ni un|ningun) mas (?:\w+ )?{_ES_MSG}\b|\bmas {_ES_MSG} no\b"
        rf"|\bbasta de {_ES_MSG}\b"
        rf"|\bbasta (?:ya )?(?:con|de) (?:los |las |tantos |tantas |sus |tanto )?{_ES_MSG}\b",
        guards=(_ES_GOODS,),
    ),
    PhraseRule(
        "es.leave_me",
        r"\b(?:deje(?:n)?me|dejenme|dejame|me dejen|me deja) en paz\b|\bno (?:me )?molest\w+\b"
        r"|\bquien les dio mi numero.*(?:borr|no)\b",
    ),
    PhraseRule(
        "es.bare",
        r"^(?:(?:por|favor|ya|hola|que|quiero|pueden|puede|ok|no|gracias|basta|stop|alto"
        r"|un) )*(?:stop|alto"
        r"|parar|paren|pare|basta|baja|cancelar|detener|ya basta|detenganse|no mas|ya no|ya no mas)"
        r"(?: (?:ya|por|favor|porfavor|porfa|gracias|stop|mensajes|todo|esto|ahora|mas))*$",
        guards=(r"^(?:ya )?no(?: gracias)?$", r"^(?:quiero|pueden|puede) cancelar"),
        bare=True,
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "es.not_interested",
        r"^(?:(?:no|gracias|ya|lo|siento|hola|muchas|pero) )*no (?:me interesa(?:n)?"
        r"|estoy interesad[oa]"
        r"|tengo interes)(?: (?:gracias|por|favor|nada|mas|en|sus|productos|ofertas|su|tu"
        r"|recibir|lo|que"
        r"|venden|mensajes|promociones|esto|no|manden|me|esta|informacion))*$",
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "es.how",
        rf"\bcomo (?:hago|puedo|se|le hago|me)(?: \w+){{0,3}} (?:(?:dejar de|no) recibir"
        rf"|cancelar (?:los |estos )?{_ES_MSG}"
        rf"|de baja|salir de (?:esta|la) lista|parar (?:los |estos )?{_ES_MSG}|desuscri\w+)",
    ),
)
