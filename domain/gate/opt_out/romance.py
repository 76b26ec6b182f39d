"""Spanish, French and Portuguese ways to ask for no more texts, unaccented."""

from domain.gate.opt_out.rule import PhraseRule

_ES_GOODS = (
    r"\b(?:pedido|orden|paquete|envio|producto|talla|color|reembolso|devolucion|cupon|articulo)\b"
)
_ES_MAIL = r"\b(?:correos?|e ?mails?|llamadas)\b"
_ES_MSG = (
    r"(?:mensajes?|mensajitos?|textos?|sms|publicidad|promociones|promos?|ofertas|spam"
    r"|notificaciones|anuncios|propaganda|marketing|alertas|cosas|esto|nada)"
)
_FR_GOODS = r"\b(?:commande|colis|livraison|produit|taille|article|remboursement|retour|facture)\b"
_FR_MSG = (
    r"(?:messages?|sms|textos?|pubs?|publicites?|promos?|promotions?|offres|notifications?"
    r"|spams?|demarchage|sollicitations?|marketing|alertes)"
)
_PT_GOODS = r"\b(?:pedido|encomenda|pacote|produto|tamanho|cor|reembolso|compra|entrega|assinatura da caixa)\b"
_PT_MSG = (
    r"(?:mensagens|mensagem|msgs?|sms|textos?|promocoes|promos?|propagandas?|publicidade|ofertas|spam"
    r"|notificacoes|anuncios|marketing|alertas|nada|isso)"
)

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "es.no_send",
        rf"\bno (?:me |nos |quiero que me |le |vuelvan a |vuelva a )*(?:manden|mandes|mande|envien|envies"
        rf"|envie|escriban|escribas|escriba|contacten|contactes|contacte|molesten|molestes|molestar"
        rf"|moleste|textees|texteen|llamen|enviar(?:me)?|mandar(?:me)?|escribir(?:me)?|contactar(?:me)?"
        rf"|sigan (?:enviando|mandando|escribiendo)(?:me)?)\b(?!.*\b(?:antes|despues) de\b)",
        guards=(_ES_GOODS, r"\b(?:factura|codigo|antes|noche)\b"),
        rescue=rf"\b{_ES_MSG}\b",
    ),
    PhraseRule(
        "es.stop_sending",
        r"\b(?:deje|dejen|deja|dejad|dejar|paren?|cesen?|basta|parad) (?:ya )?de (?:\w+ )?(?:mandar\w*|enviar\w*"
        r"|escribir\w*|molestar\w*|textear\w*|contactar\w*|mensajear\w*|recibir\w*|hacer spam|spamear\w*"
        r"|joder|chingar|llamar\w*|mensajes|tantos mensajes)\b",
        guards=(_ES_GOODS, r"\bno (?:dejen|dejes|deje)\b"),
    ),
    PhraseRule(
        "es.stop_messages",
        rf"\b(?:paren?|detengan?|cancel\w+|anul\w+|desactiv\w+|elimin\w+|quit\w+|suspend\w+|terminen?|stop)"
        rf"(?: (?:ya|los|las|la|el|estos|estas|sus|todos|todas|con|de|tus|mis|suscripcion|a|por|favor|su|mi"
        rf"|recibir|envio|enviar|servicio|mas)){{0,6}} {_ES_MSG}\b",
        guards=(r"\b(?:pedido|orden|paquete|promocion no|codigo)\b", _ES_MAIL),
    ),
    PhraseRule(
        "es.unwanted",
        rf"\b(?:ya )?no (?:quiero|deseo|quisiera|me interesa|necesito|queremos|me gustaria|autorizo|quiera)"
        rf"(?: (?:mas|recibir|seguir|recibiendo|que|me|sigan|sus|tus|estos|estas|sus|de|ningun|tantos|los|las"
        rf"|esos|enviando|mandando|manden|envien|contacten|escriban|ser|contactad[oa]|su|ver|el|la|ustedes"
        rf"|molesten|tener))*? (?:{_ES_MSG}|mas|contactad[oa]|me (?:manden|envien|escriban|contacten"
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
        r"|dessuscri\w+|desinscri\w+|desapunt\w+|borrarme|eliminarme)\b|\banular (?:mi |la )?suscripcion\b"
        r"|\bcancel\w+ (?:mi |la )?suscripcion (?:a|de) (?:los )?(?:mensajes|sms|textos)\b",
        guards=(
            r"\b(?:cuenta|correo|newsletter|boletin|caja|seguro|por error|sin querer|que pasa si)\b",
            _ES_GOODS,
        ),
    ),
    PhraseRule(
        "es.remove",
        r"\b(?:borr\w+|elimin\w+|quit\w+|sac\w+|saqu\w+|remuev\w+|retir\w+)(?: (?:por|favor|a|de|ya)){0,3}"
        r" (?:mi numero|mi telefono|mis datos|este numero|mi celular|me)\b"
        r"|\b(?:borreme|borrenme|borrame|eliminenme|eliminame|elimineme|quitenme|quitame|quiteme|saquenme"
        r"|sacame|saqueme|remuevanme|retirenme)\b(?! (?:el|la|los|las|un|una|mi|ese|esa|este|lo)\b"
        r"(?! (?:lista|numero|base)))|\b(?:de|fuera de) (?:su|la|esta|tu) lista\b",
        guards=(r"\b(?:lista de espera|carrito|cuenta|tarjeta|direccion)\b", _ES_GOODS),
    ),
    PhraseRule(
        "es.no_more",
        rf"\b(?:no|ni un|ningun) mas (?:\w+ )?{_ES_MSG}\b|\bmas {_ES_MSG} no\b|\bbasta de {_ES_MSG}\b"
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
        r"^(?:(?:por|favor|ya|hola|que|quiero|pueden|puede|ok|no|gracias|basta|stop|alto|un) )*(?:stop|alto"
        r"|parar|paren|pare|basta|baja|cancelar|detener|ya basta|detenganse|no mas|ya no|ya no mas)"
        r"(?: (?:ya|por|favor|porfavor|porfa|gracias|stop|mensajes|todo|esto|ahora|mas))*$",
        guards=(r"^(?:ya )?no(?: gracias)?$", r"^(?:quiero|pueden|puede) cancelar"),
        bare=True,
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "es.not_interested",
        r"^(?:(?:no|gracias|ya|lo|siento|hola|muchas|pero) )*no (?:me interesa(?:n)?|estoy interesad[oa]"
        r"|tengo interes)(?: (?:gracias|por|favor|nada|mas|en|sus|productos|ofertas|su|tu|recibir|lo|que"
        r"|venden|mensajes|promociones|esto|no|manden|me|esta|informacion))*$",
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "es.how",
        rf"\bcomo (?:hago|puedo|se|le hago|me)(?: \w+){{0,3}} (?:(?:dejar de|no) recibir|cancelar (?:los |estos )?{_ES_MSG}"
        rf"|de baja|salir de (?:esta|la) lista|parar (?:los |estos )?{_ES_MSG}|desuscri\w+)",
    ),
    PhraseRule(
        "fr.no_more",
        r"\bn ?(?:e |en )?(?:me |m|nous )?(?:envoyez|envoie|envoies|ecrivez|ecris|ecrivez|contactez|contacte"
        r"|contactes|derangez|sollicitez|appelez|textez|envoyer|ecrire|contacter|recontactez|spammez"
        r"|harcelez)(?: moi)?(?: (?:plus|pas|jamais)(?! (?:encore|avant|recu))| (?:de|ces|vos))",
        guards=(_FR_GOODS, r"\bpourquoi\b", r"\bavant\b"),
    ),
    PhraseRule(
        "fr.ne_plus",
        rf"\b(?:ne|merci de ne|de ne) (?:plus|pas) (?:me |m|nous )?(?:envoyer|ecrire|contacter|deranger"
        rf"|solliciter|recevoir|appeler|texter|etre contactee?|menvoyer|mecrire)"
        rf"|\bplus (?:de|aucun|un seul|jamais de|daucun) (?:\w+ )?{_FR_MSG}\b|\b(?:assez|marre|ras le bol) (?:de|d)"
        rf" (?:\w+ )?{_FR_MSG}\b|\bpas de {_FR_MSG}\b",
        guards=(_FR_GOODS, r"\bvous n?avez plus de\b", r"\by a(?: t il)? plus de\b"),
    ),
    PhraseRule(
        "fr.stop",
        rf"\b(?:d?arret\w+|cess\w+|stopp\w+|stop)(?: (?:tout|toute|de|d|a|aux|avec|vos|ces|les|le|moi|maintenant"
        rf"|svp|immediatement|ce|cette|tous|toutes|l|lenvoi|envoi|des|me)){{0,5}} (?:{_FR_MSG}|menvoyer|mecrire"
        rf"|me (?:contacter|deranger|harceler|spammer|solliciter|texter|envoyer)|mharceler|mimportuner"
        rf"|spammer|harceler|envoyer des|ecrire|envoyer|harcelement|contacter|envois?)\b",
        guards=(_FR_GOODS, r"\bn(?:e )?arret\w+ pas\b", r"\bmails?\b"),
    ),
    PhraseRule(
        "fr.unwanted",
        rf"\b(?:je )?(?:ne |n)?(?:veux|souhaite|desire|voudrais|veut|refuse)(?: (?:ne))? (?:plus|pas|de)(?: (?:recevoir|de|etre"
        rf"|vos|des|ces|que|vous|me|m|contactee?|aucun|avoir|vous|les|envoyiez|contactiez|ecriviez|par))*?"
        rf" (?:{_FR_MSG}|contactee?|recevoir|derangee?|sollicitee?|que vous (?:me|m)\w*)",
        guards=(_FR_GOODS, r"\bmails?\b"),
    ),
    PhraseRule(
        "fr.unsubscribe",
        r"\b(?:me |nous )?(?:desabonn\w+|desinscri\w+|desinscrire|desengag\w+)\b|\bresili\w+ (?:\w+ ){0,3}"
        r"(?:sms|messages|alertes)\b|\bannul\w+ (?:\w+ ){0,3}(?:abonnement (?:aux |par )?sms|sms|messages"
        r"|notifications)\b",
        guards=(
            r"\b(?:newsletter|mails?|box|colis|compte|par erreur|sans le vouloir|que se passe|si je me"
            r"|pas (?:me )?desabonn|netais pas)\b",
            _FR_GOODS,
        ),
    ),
    PhraseRule(
        "fr.remove",
        r"\b(?:retir\w+|supprim\w+|enlev\w+|effac\w+|ray\w+|sort\w+|otez)(?: (?:moi|svp|merci de|s il vous plait"
        r"|de|vite)){0,2} (?:mon numero|mes coordonnees|moi|de (?:votre|vos|la|cette|ces) (?:listes?|fichiers?"
        r"|base|bases)|mon nom|ce numero|mon telephone|mon portable)\b|\b(?:retirez|supprimez|enlevez|rayez"
        r"|effacez|sortez) moi\b",
        guards=(r"\b(?:panier|compte|carte|article|adresse|liste dattente)\b", _FR_GOODS),
    ),
    PhraseRule(
        "fr.leave_me",
        r"\b(?:laissez|laisse|fichez|foutez|lachez)(?: |-)?(?:moi|nous)(?: (?:tranquilles?|la paix|en paix))?$"
        r"|\b(?:laissez|laisse|fichez|foutez) moi (?:tranquille|la paix|en paix)\b|\bca suffit\b",
        guards=(r"\blaissez moi (?:un|une|le|la(?! paix)|savoir|verifier)\b",),
    ),
    PhraseRule(
        "fr.bare",
        r"^(?:(?:svp|merci|s|il|vous|plait|veuillez|bonjour|stop|non|ok|mais|de|je|veux|tout|pouvez|allez) )*"
        r"(?:stop|arretez|arrete|arreter|arret|ca suffit|stoppez|cessez)(?: (?:svp|merci|s|il|vous|plait|ca|tout"
        r"|stop|maintenant|cela|immediatement|sms|pub|aux|messages))*$",
        guards=(r"\bil arrete\b",),
        bare=True,
    ),
    PhraseRule(
        "fr.not_interested",
        r"^(?:(?:non|merci|desole|desolee|bonjour|mais|je|suis|ne|cela|ca|ne|m|nest|cest) )*(?:pas|plus)"
        r" (?:du tout |vraiment )?(?:interessee?s?|interet)(?: (?:merci|par|vos|offres|produits|du|tout|desole|au"
        r"|revoir|svp|stop|votre|vos))*$|^(?:(?:non|merci) )*(?:ca|cela) (?:ne )?minteresse (?:pas|plus)"
        r"(?: \w+){0,3}$",
        needs_campaign_or_silence=True,
    ),
    PhraseRule(
        "fr.how",
        r"\bcomment (?:faire pour |puis je |je peux |on peut |peut on |)(?:me |ne plus |arreter )(?:\w+ ){0,3}"
        r"(?:desabonner|desinscrire|recevoir|sms|messages|retirer)",
    ),
    PhraseRule(
        "pt.no_send",
        r"\bnao (?:me |nos |quero que me |voltem a |precisa |precisam )*(?:mandem|mande|manda|mandar|envie"
        r"|enviem|enviar|envia|escreva|escrevam|contate|contatem|contactem|contacte|contatar|perturbe"
        r"|perturbem|incomode|incomodem|incomodar|chame|chamem|chama|liguem|ligue|mandando)\b",
        guards=(_PT_GOODS, r"\b(?:porque|por que|ainda|codigo|nota|boleto|antes)\b"),
        rescue=rf"\b{_PT_MSG}\b",
    ),
    PhraseRule(
        "pt.stop_sending",
        r"\b(?:pare|parem|para|parar|parem|deixe|deixem|deixa|cessem) (?:ja )?(?:de|com)(?: (?:me|ficar|o|os|a"
        r"|as|essas?|esses?|tantas?|tantos?))* (?:mandar\w*|enviar\w*|escrever\w*|contatar\w*|incomodar\w*"
        r"|perturbar\w*|encher\w*|mandando|enviando|mensagens|mensagem|msgs?|sms|spam|propagandas?|promocoes"
        r"|notificacoes|anuncios|textos|chamar|ligar|receber)\b",
        guards=(_PT_GOODS, r"\bnao (?:pare|parem|deixe|deixem)\b"),
    ),
    PhraseRule(
        "pt.unwanted",
        rf"\bnao (?:quero|desejo|gostaria de|preciso|queremos|aceito|autorizo|tenho interesse em|aguento)"
        rf"(?: (?:mais|receber|recebendo|ver|de|essas?|esses?|suas?|seus?|as|os|nenhuma?|ser|continuar|que|me"
        rf"|ter|ficar|tantas|contatad[oa]|mandem|enviem|contato|voces|dessas|desses|sua))*? (?:{_PT_MSG}|mais"
        rf"|contatad[oa]|receber|contato|mandem|enviem)\b",
        guards=(_PT_GOODS, r"\be ?mails?\b", r"\besperar mais\b"),
    ),
    PhraseRule(
        "pt.unsubscribe",
        rf"\b(?:descadastr\w+|desinscrev\w+|desinscricao|me desinscrever|desassinar)\b|\bcancel\w+ (?:\w+ ){{0,4}}"
        rf"(?:{_PT_MSG}|recebimento|inscricao|cadastro|envio)\b|\b(?:quero|como|gostaria de|preciso) (?:\w+ )?sair"
        rf"(?: (?:dess[ae]|d[ae]|desta|da) (?:lista|grupo|cadastro|promocoes))?$|\bsair d(?:a|essa|esta) lista\b",
        guards=(_PT_GOODS, r"\b(?:conta|e ?mails?|caixa|sem querer|por engano|clube)\b"),
    ),
    PhraseRule(
        "pt.remove",
        r"\b(?:me )?(?:tir[ae]m?|tirar|remov\w+|retir\w+|exclu\w+|apag\w+|delet\w+|risque|risca)(?: (?:me|por|favor"
        r"|o|ja)){0,3} (?:meu numero|meu telefone|meu contato|este numero|esse numero|meu celular|meus dados|d(?:a|essa|esta|e|as)"
        r"(?: (?:sua|suas|vossa))? listas?|do (?:seu )?(?:cadastro|sistema|grupo|banco)|meu nome|daqui)\b"
        r"|\b(?:me (?:remov\w+|tir[ae]m?|exclu\w+|retir\w+)|remova me|retire me)(?: (?:por|favor|ja|d[aeo]s?|dess[ae]|dest[ae]|daqui|pf|pfv|agora|lista)\b|$)",
        guards=(r"\b(?:carrinho|conta|cartao|endereco|lista de espera|duvida|item)\b", _PT_GOODS),
    ),
    PhraseRule(
        "pt.no_more",
        rf"\b(?:chega|basta) (?:de|com|dess[ae]s)(?: \w+)? ?{_PT_MSG}\b|\b(?:sem|nada de|nenhuma) (?:mais )?{_PT_MSG}"
        rf"(?: mais)?$|\bsem mais {_PT_MSG}\b|\bmais {_PT_MSG} nao\b",
        guards=(_PT_GOODS,),
    ),
    PhraseRule(
        "pt.leave_me",
        r"\b(?:me )?(?:deix\w+|larg\w+)(?: me)? (?:em paz|quiet[oa])\b|\bme esquec\w+\b|\bpara de encher\b",
    ),
    PhraseRule(
        "pt.bare",
        r"^(?:(?:por|favor|ja|oi|quero|pode|podem|ok|nao|chega|stop|gente) )*(?:stop|pare|parem|parar|chega|basta"
        r"|sair|para|chega ja|nao mais)(?: (?:por|favor|pfv|pf|ja|agora|com|isso|obrigad[oa]|stop|disso|de))*$",
        guards=(r"^para$", r"^nao$", r"^quero (?:parar|sair)"),
        bare=True,
    ),
    PhraseRule(
        "pt.not_interested",
        r"^(?:(?:nao|obrigad[oa]|oi|desculpa|desculpe|mas) )*(?:nao (?:tenho|ha|me) (?:mais )?(?:interesse|interessa)"
        r"|nao estou (?:mais )?interessad[oa]|sem interesse)(?: (?:obrigad[oa]|em|nas|nos|suas|ofertas|produtos"
        r"|mais|por|favor|nenhum|nisso))*$",
        needs_campaign_or_silence=True,
    ),
)
