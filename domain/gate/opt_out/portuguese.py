"""Portuguese ways to ask for no more texts, unaccented."""

from domain.gate.opt_out.rule import PhraseRule

_PT_GOODS = (
    r"\b(?:pedido|encomenda|pacote|produto|tamanho|cor|reembolso|compra|entrega"
    r"|assinatura da caixa)\b"
)
_PT_MSG = (
    r"(?:mensagens|mensagem|msgs?|sms|textos?|promocoes|promos?|propagandas?|publicidade"
    r"|ofertas|spam"
    r"|notificacoes|anuncios|marketing|alertas|nada|isso)"
)

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "pt.no_send",
        r"\bnao (?:me |nos |quero que me |voltem a |precisa |precisam )*(?:mandem|mande"
        r"|manda|mandar|envie"
        r"|enviem|enviar|envia|escreva|escrevam|contate|contatem|contactem|contacte"
        r"|contatar|perturbe"
        r"|perturbem|incomode|incomodem|incomodar|chame|chamem|chama|liguem|ligue|mandando)\b",
        guards=(_PT_GOODS, r"\b(?:porque|por que|ainda|codigo|nota|boleto|antes)\b"),
        rescue=rf"\b{_PT_MSG}\b",
    ),
    PhraseRule(
        "pt.stop_sending",
        r"\b(?:pare|parem|para|parar|parem|deixe|deixem|deixa|cessem) (?:ja )?(?:de"
        r"|com)(?: (?:me|ficar|o|os|a"
        r"|as|essas?|esses?|tantas?|tantos?))* (?:mandar\w*|enviar\w*|escrever\w*"
        r"|contatar\w*|incomodar\w*"
        r"|perturbar\w*|encher\w*|mandando|enviando|mensagens|mensagem|msgs?|sms|spam"
        r"|propagandas?|promocoes"
        r"|notificacoes|anuncios|textos|chamar|ligar|receber)\b",
        guards=(_PT_GOODS, r"\bnao (?:pare|parem|deixe|deixem)\b"),
    ),
    PhraseRule(
        "pt.unwanted",
        r"\bnao (?:quero|desejo|gostaria de|preciso|queremos|aceito|autorizo"
        r"|tenho interesse em|aguento)"
        r"(?: (?:mais|receber|recebendo|ver|de|essas?|esses?|suas?|seus?|as|os|nenhuma?"
        r"|ser|continuar|que|me"
        r"|ter|ficar|tantas|contatad[oa]|mandem|enviem|contato|voces|dessas|desses"
        rf"|sua))*? (?:{_PT_MSG}|mais"
        rf"|contatad[oa]|receber|contato|mandem|enviem)\b",
        guards=(_PT_GOODS, r"\be ?mails?\b", r"\besperar mais\b"),
    ),
    PhraseRule(
        "pt.unsubscribe",
        r"\b(?:descadastr\w+|desinscrev\w+|desinscricao|me desinscrever|desassinar)\b"
        rf"|\bcancel\w+ (?:\w+ ){{0,4}}"
        rf"(?:{_PT_MSG}|recebimento|inscricao|cadastro|envio)\b|\b(?:quero|como"
        r"|gostaria de|preciso) (?:\w+ )?sair"
        r"(?: (?:dess[ae]|d[ae]|desta|da) (?:lista|grupo|cadastro|promocoes))?$"
        r"|\bsair d(?:a|essa|esta) lista\b",
        guards=(_PT_GOODS, r"\b(?:conta|e ?mails?|caixa|sem querer|por engano|clube)\b"),
    ),
    PhraseRule(
        "pt.remove",
        r"\b(?:me )?(?:tir[ae]m?|tirar|remov\w+|retir\w+|exclu\w+|apag\w+|delet\w+|risque"
        r"|risca)(?: (?:me|por|favor"
        r"|o|ja)){0,3} (?:meu numero|meu telefone|meu contato|este numero|esse numero"
        r"|meu celular|meus dados|d(?:a|essa|esta|e|as)"
        r"(?: (?:sua|suas|vossa))? listas?|do (?:seu )?(?:cadastro|sistema|grupo|banco)"
        r"|meu nome|daqui)\b"
        r"|\b(?:me (?:remov\w+|tir[ae]m?|exclu\w+|retir\w+)|remova me"
        r"|retire me)(?: (?:por|favor|ja|d[aeo]s?|dess[ae]|dest[ae]|daqui|pf|pfv|agora"
        r"|lista)\b|$)",
        guards=(r"\b(?:carrinho|conta|cartao|endereco|lista de espera|duvida|item)\b", _PT_GOODS),
    ),
    PhraseRule(
        "pt.no_more",
        rf"\b(?:chega|basta) (?:de|com|dess[ae]s)(?: \w+)? ?{_PT_MSG}\b|\b(?:sem|nada de"
        rf"|nenhuma) (?:mais )?{_PT_MSG}"
        rf"(?: mais)?$|\bsem mais {_PT_MSG}\b|\bmais {_PT_MSG} nao\b",
        guards=(_PT_GOODS,),
    ),
    PhraseRule(
        "pt.leave_me",
        r"\b(?:me )?(?:deix\w+|larg\w+)(?: me)? (?:em paz|quiet[oa])\b|\bme esquec\w+\b"
        r"|\bpara de encher\b",
    ),
    PhraseRule(
        "pt.bare",
        r"^(?:(?:por|favor|ja|oi|quero|pode|podem|ok|nao|chega|stop|gente) )*(?:stop|pare"
        r"|parem|parar|chega|basta"
        r"|sair|para|chega ja|nao mais)(?: (?:por|favor|pfv|pf|ja|agora|com|isso"
        r"|obrigad[oa]|stop|disso|de))*$",
        guards=(r"^para$", r"^nao$", r"^quero (?:parar|sair)"),
        bare=True,
    ),
    PhraseRule(
        "pt.not_interested",
        r"^(?:(?:nao|obrigad[oa]|oi|desculpa|desculpe|mas) )*(?:nao (?:tenho|ha"
        r"|me) (?:mais )?(?:interesse|interessa)"
        r"|nao estou (?:mais )?interessad[oa]|sem interesse)(?: (?:obrigad[oa]|em|nas|nos"
        r"|suas|ofertas|produtos"
        r"|mais|por|favor|nenhum|nisso))*$",
        needs_campaign_or_silence=True,
    ),
)
