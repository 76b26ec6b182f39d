"""People who are not the person the brand thinks it texts, in every language."""

from domain.gate.opt_out.rule import PhraseRule

_NOT_ABOUT_US = (
    r"\b(?:order|tracking|model|serial|confirmation|account|routing|part|zip|shipped|sent"
    r"|item|items"
    r"|invoice|entered|typed|wrote|put|gave|given|listed|checkout|update|change|fix"
    r"|profile|page|size"
    r"|my (?:phone )?number|shipping|address|amount|charged|says|format|error|quantity"
    r"|listed|bracelet)\b"
)

_NAMES = (
    "james|john|robert|michael|mike|william|bill|david|dave|richard|rick|joe|joseph|tom"
    "|thomas|charles|chris"
    "|christopher|dan|daniel|matt|matthew|tony|anthony|mark|steve|steven|paul|andrew|andy"
    "|josh|joshua|ken|kevin"
    "|brian|george|tim|ron|jason|ed|edward|jeff|ryan|jacob|jake|gary|nick|eric|jon"
    "|jonathan|larry|justin|scott"
    "|brandon|ben|sam|greg|frank|alex|pat|patrick|jack|dennis|jerry|tyler|aaron|jose|adam"
    "|nathan|henry|doug|zach"
    "|peter|kyle|carlos|juan|luis|miguel|jorge|pedro|antonio|francisco|manuel|walter"
    "|ethan|jeremy|keith|noah"
    "|mary|patricia|jennifer|jen|jenny|linda|liz|elizabeth|barbara|barb|susan|sue|jessica"
    "|jess|sarah|sara|karen"
    "|lisa|nancy|betty|sandra|margaret|ashley|kim|kimberly|emily|donna|michelle|carol"
    "|amanda|melissa|deb|deborah"
    "|debbie|stephanie|steph|rebecca|becky|laura|sharon|cynthia|kathy|kathleen|amy|angela"
    "|angie|shirley|anna|ann"
    "|anne|brenda|pam|pamela|emma|nicole|helen|samantha|katherine|kate|katie|christine"
    "|debra|rachel|carolyn|janet"
    "|maria|catherine|heather|diane|olivia|julie|julia|joyce|victoria|vicky|ruth|kelly"
    "|lauren|christina|tina"
    "|joan|evelyn|judith|judy|megan|andrea|cheryl|hannah|jackie|jacqueline|martha|gloria"
    "|teresa|theresa|ana"
    "|madison|kathryn|janice|jean|alice|sofia|grace|rose|danielle|brittany|keisha|tiffany"
    "|crystal|tamara|ana"
    "|carmen|rosa|guadalupe|lupe|tanya|brittney|monica|erica|erika|vanessa|natalie|tara"
    "|kayla|chelsea|courtney"
)
"""Frequent US first names: only a name tells "this isn't Jessica" from "this isn't right"."""
_OTHERS = (
    "mr|mrs|ms|miss|her|him|them|he|she|that person|guy|person|owner|account holder|right person"
)

RULES: tuple[PhraseRule, ...] = (
    PhraseRule(
        "en.wrong_number",
        r"\b(?:wrong|incorrect) (?:number|person|num|phone number|cell|guy|lady|contact"
        r"|girl|dude|woman|man|human)\b"
        r"|\bnot (?:the|your) (?:right|correct) (?:number|person)\b|\bwrong#",
        guards=(_NOT_ABOUT_US, r"\?$", r"\b(?:i|we) (?:have|called|dialed|texted|got|used|am)\b"),
        rescue=r"\b(?:you|u|your|youve) (?:guys |people |all )?(?:must |might |may |probably "
        r"|have |got |gotten"
        r"|texted|are|just|reached|sent this to|texting|keep|be|all|actually|the|a|has"
        r"|msgd|messaged| )*"
        r" ?(?:the )?(?:wrong|incorrect) (?:number|person)|^(?:sorry |hi "
        r"|hey )?(?:this is )?(?:the )?"
        r"(?:a )?wrong (?:number|person)\b(?! (?:of|on|in|for|was|is))",
    ),
    PhraseRule(
        "en.not_that_person",
        r"^(?:(?:sorry|hi|hello|hey|no|um|but|i|think|uh|nope) )*(?:this isnt|this is not"
        r"|im not|its not|thats not|youre not"
        rf" texting|aint)(?: the)? (?:{_NAMES}|{_OTHERS})(?: \w+)?$"
        r"|\b(?:im not|this isnt|this is not|my name isnt"
        rf"|my name is not) (?:{_NAMES})\b(?! (?:size|order|fan|s)\b)"
        rf"|^(?:(?:sorry|hi|no|um) )*not (?:{_NAMES})(?: anymore| sorry)?$"
        rf"|\b(?:no|not a|not any) (?:{_NAMES})(?: \w+)? (?:here|at this|on this|lives|with this)\b"
        r"|\b(?:dont know|never heard of)(?: (?:a|any|anyone|anybody|who|named"
        rf"|called))+ (?:{_NAMES})$",
    ),
    PhraseRule(
        "en.no_such_person",
        r"\b(?:no one|noone|nobody|no person|dont know (?:anyone|who|any)|theres no"
        r"|there is no|there isnt)"
        r"(?: \w+){0,4} (?:by that name|by this name|named \w+|with that name|here by"
        r"|of that name)\b"
        r"|\b(?:she|he|they|\w+) (?:no longer|doesnt|does not|dont) (?:have|own|has|use"
        r"|uses|live|lives)"
        r" (?:at |with )?(?:this|that) (?:number|phone|here)\b"
        r"|\b(?:this|thats|its) (?:is )?not (?:her|his|their|\w+s) (?:number|phone)(?: anymore)?\b"
        r"|\b(?:isnt|no longer|is not|not) (?:\w+s|his|her|their) (?:number|phone)\b",
        guards=(r"\border\b", r"\b(?:product|item|store|color)\b"),
    ),
    PhraseRule(
        "en.meant_for_other",
        r"\b(?:you|youre|u|message|messages|text|texts|think"
        r"|person)(?: \w+){0,5} (?:meant|intended|looking|trying) (?:to (?:text|reach"
        r"|message|contact)"
        r"|for) (?:someone|somebody|another|a"
        r" different)(?: else| person)?\b|\byou (?:have|got|texted|reached"
        r"|messaged)(?: \w+){0,2} someone else\b"
        r"|\bi(?:m| am) not (?:who|the (?:person|one|customer)) you(?:re| are)? (?:think"
        r"|looking|trying|meant|want)"
        r"|\bnew phone who dis\b|\bnew (?:number|phone) who(?:s| is)? (?:this|dis|that)\b"
        r"|\bjust got this (?:number|phone)\b|\bthis (?:number"
        r"|phone) (?:now )?belongs to (?:someone|me now|a)"
        r"|\b(?:got|have|had|recently got) (?:a )?new (?:phone )?number\b.*\bprevious"
        r"|\bprevious owner\b"
        r"|\byou (?:have |got )?the wrong\b$|\bmistaken me (?:for|with)\b|\bmixed me up\b"
        r"|\b(?:you|u) (?:want|need|mean|meant|must mean) (?:someone|somebody) else\b"
        r"|\bused to (?:be|belong to) (?:someone|somebody|another)\w*\b"
        r"|\b(?:number|phone) (?:has been |was |got |is |been )*(?:reassigned|recycled)\b"
        r"|\bchanged? (?:my )?numbers? .*not\b"
        r"|\b(?:had|have had|owned) this (?:phone )?number (?:for|since|over|a|the)\b",
        guards=(r"\b(?:order|my old)\b",),
    ),
    PhraseRule(
        "es.wrong_number",
        r"\b(?:numero|persona) (?:equivocad[oa]|incorrect[oa]|erroneo)\b(?!.*\bpedido\b)"
        r"|\bse (?:equivoco|equivocaron|equivoca|equivocan|ha equivocado) de (?:numero|persona)\b"
        r"|\bte equivocaste de (?:numero|persona)\b|\bno soy (?:esa persona|quien|la persona)\b",
        guards=(r"\b(?:puse|pedido|mi numero|rastreo|orden)\b",),
    ),
    PhraseRule(
        "fr.wrong_number",
        r"\b(?:mauvais|faux) numero\b|\b(?:trompez?|trompe|trompes) de (?:numero|personne)\b"
        r"|\berreur de (?:numero|destinataire)\b|\bmauvaise personne\b"
        r"|\bce nest pas le bon numero\b",
        guards=(r"\b(?:commande|suivi|jai mis|mon)\b",),
    ),
    PhraseRule(
        "de.wrong_number",
        r"\bfalsche (?:nummer|person)\b|\bfalsch verbunden\b|\bverwahlt\b|\bnummer falsch\b"
        r"|\bder falsche(?:n)?(?: person)?$",
        guards=(r"\b(?:bestellung|bestellnummer|angegeben|eingegeben|meine|sendungs\w*)\b",),
    ),
    PhraseRule(
        "pt.wrong_number",
        r"\bnumero errad[oa]\b|\bpessoa errada\b|\b(?:enganou|engano"
        r"|enganaram)(?: se)?(?: \w+)? (?:de|no|o)"
        r" (?:numero|pessoa)\b|\bnao sou (?:essa pessoa|quem|a pessoa)\b|^(?:foi )?engano$",
        guards=(r"\b(?:pedido|meu numero|coloquei|rastreio)\b",),
    ),
)
