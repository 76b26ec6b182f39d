"""Texts a human must see: law, danger to life, children, abuse, wish for a person."""

import re

from domain.gate.context import GateContext
from domain.gate.decision import FixedText, Label
from domain.gate.normalise import bounded, folded, words_of
from domain.gate.question import open_question
from domain.values import Value


class Sensitive(Value):
    """What makes a text one for a human.

    Attributes:
        label: Which kind.
        rule: Id of the rule.
        fixed_text: The safe answer that goes out, if any.
        urgent: A human is alerted at once.
    """

    label: Label
    rule: str
    fixed_text: FixedText | None = None
    urgent: bool = True


_LEGAL = re.compile(
    r"\b(?:my|our|a|an|your|the|with|contact\w*|call\w*|talk\w* to|see) (?:lawyers?"
    r"|attorneys?|solicitor|legal team|legal counsel)\b(?! (?:gift|mug|costume|shirt))"
    r"|\b(?:i will|ill|im going to|im gonna|gonna|going to|we will|well|i can|i could"
    r"|i should|threaten to|or i|ready to|planning to|about to|want to) (?:\w+ )?(?:sue"
    r"|be suing|take (?:you|this|legal|u)"
    r"(?: \w+)? ?(?:to (?:small claims|court)|action)?(?<=court|ction))\b|\b(?:sue|suing"
    r"|sued) (?:you|your|u|this company|the company|yall)\b|\bsee you in court\b"
    r"|\blegal action\b|\blawsuits?\b|\bclass action\b|\bsmall claims\b|\btcpa\b|\bfcc\b"
    r"|\bftc\b|\bcfpb\b"
    r"|\b(?:better business bureau|attorney general|trading standards|consumer protection"
    r"|state ag)\b|\bbbb\b(?! (?:size|cream))"
    r"|\b(?:report\w*|complain\w*|complaint) (?:\w+ ){0,4}(?:to|with"
    r"|at) (?:the )?(?:authorities|government|federal|fcc|ftc|bbb|attorney|ombudsman|ico"
    r"|cnil)\b"
    r"|\billegal to (?:text|contact|message|send)\b|\bdo not call (?:registry|list)\b"
    r"|\b(?:statutory|punitive) damages\b|\bdemand letter\b|\bcease and desist\b"
    r"|\b(?:mi|un) abogad[oa]\b|\b(?:los|te|les) (?:voy a )?demand(?:ar|are)\b"
    r"|\bmon avocat\b|\bporter plainte\b|\bmein(?:en)? anwalt\b"
    r"|\b(?:an)?zeige erstatten\b|\bverklag\w*\b"
    r"|\bmeu advogado\b|\bprocon\b|\bprocessar (?:voces|vcs|a empresa)\b|\bdsgvo\b"
    r"|\bbundesnetzagentur\b"
)
_SELF_HARM = re.compile(
    r"\b(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|end(?:ing)?) (?:myself"
    r"|my ?self|my (?:own )?life|it all tonight)\b(?! (?:on|with (?:the|your"
    r"|this) (?:zipper|lid|edge|blade|box|glass)))"
    r"|\bsuicid\w+|\b(?:want|wanna|going|gonna|ready|plan\w*|wish (?:i|to)|rather|wanted"
    r"|would) (?:to )?(?:die|be dead|was dead|were dead|not (?:be alive|wake up"
    r"|exist))\b(?! for)(?! of)(?! laughing)"
    r"|\b(?:dont|do not|no longer|not) (?:want|wanna)(?: to)? (?:live|be alive|exist"
    r"|be here|wake up|go on living)\b(?! (?:in|near|at|with|here|there|for))"
    r"|\b(?:no|any) reason to (?:live|go on)\b|\bcant go on (?:anymore|living"
    r"|like this)\b|\bself ?harm\w*\b|\btake my (?:own )?life\b|\bend it all\b"
    r"|\bbetter off (?:dead|without me)\b"
    r"|\boverdos(?:e|ed|ing)\b|\btook (?:all|a bunch of|too many) (?:my |the "
    r"|of my )?(?:pills|meds)\b"
    r"|\b(?:quiero morir(?:me)?|me quiero morir|matarme|suicidarme|no quiero vivir"
    r"|je veux mourir|me tuer|me suicider|ich will sterben|mich umbringen"
    r"|nicht mehr leben|quero morrer|me matar|nao quero (?:mais )?viver)\b"
)
_NOT_SELF_HARM = re.compile(
    r"\b(?:havent|avent|didnt|almost|nearly|laughing|lol|haha|battery|phone|plants?"
    r"|flowers?) (?:\w+ ){0,3}(?:kill\w*|die|dying|killed)\b|\bkilled myself\b"
    r"|\bsuicide squad\b|\bsuicide (?:doors|hotline poster)\b|\bdie hard\b"
    r"|\bhurt(?:ing)? myself (?:laughing|at the gym|on|with)\b|\bcut myself (?:on|with"
    r"|off|a|some|opening)\b"
)
_EMERGENCY = re.compile(
    r"\b(?:call(?:ing|ed)?|dial(?:ing)?|need) (?:911|112|999|an ambulance"
    r"|the (?:fire department|ambulance)|paramedics)\b|\bmedical emergency\b|\b(?:this is"
    r"|its|theres|have|having|its an|is) an emergency\b(?! (?:kit|exit|blanket|light))"
    r"|^emergency$"
    r"|\b(?:cant|cannot|not able to|unable to|trouble|difficulty|hard to|stopped|isnt"
    r"|not) breath(?:e|ing)\b|\b(?:throat|tongue|face|lips|airway) (?:is |are |has "
    r"|keeps )?(?:swell\w*|clos\w*|swollen)\b|\banaphyla\w+|\ballergic reaction\b"
    r"|\bepi ?pen\b(?! (?:case|holder|pouch))"
    r"|\b(?:caught|catch|on|set|started a|start a) fire\b(?! (?:pit|sale|wood|place"
    r"|tablet|stick|hd))|\b(?:exploded|explode in|burst into flames|electrocut\w+"
    r"|electric shock|got shocked by|smoke coming (?:out|from)|sparks? (?:and|coming"
    r"|flying|from))\b"
    r"|\b(?:bleeding|passed out|unconscious|seizure|heart attack|having a stroke|choking"
    r"|choked on|poison\w*|swallowed|not responding|being followed|being attacked"
    r"|attacked me|domestic violence|he (?:is|s) going to (?:kill|hurt) me|in the (?:er"
    r"|emergency room|hospital) (?:because|after|from|due)|burn(?:ed|t) (?:my|his"
    r"|her) (?:face|hand|hands|skin|arm|leg|child|son|daughter|baby)|chemical burns?"
    r"|third degree|second degree burns?|carbon monoxide|gas leak)\b"
    r"|\b(?:no puedo respirar|emergencia medica|ambulancia|me estoy ahogando"
    r"|je ne peux (?:pas|plus) respirer|ambulance vite|ich bekomme keine luft"
    r"|krankenwagen|nao consigo respirar|pegou fogo|se incendio|a pris feu"
    r"|in brand geraten|hat feuer gefangen)\b"
)
_NOT_EMERGENCY = re.compile(
    r"\b(?:my (?:phone|cart|wallet|order|app|laptop)|youre|you are|these|this (?:outfit"
    r"|look|fit|sale|song)|is|so|looks?|are) (?:\w+ )?on fire\b(?! and)"
    r"|\bfor an emergency\b|\bin case of (?:an )?emergency\b|\bemergency (?:kit|exit"
    r"|contact|blanket|fund|light|radio|food|supplies)\b|\bpoison ivy\b"
    r"|\bcolou?rs? (?:is |are )?bleeding\b|\b(?:dye|ink) bleed\w*\b"
    r"|\bheart attack when i saw\b|\bdo (?:you|they|these) (?:have|contain)\b"
    r"|\b(?:not responding) (?:to|when)\b|\b(?:app|site|website|page|server|screen"
    r"|software|system|outlook|computer|laptop|skype|printer|device|phone|driver|it|line"
    r"|internet|cable|tv|mouse|keyboard|service|office|excel|word) (?:is |are |was "
    r"|was it |s )?not responding\b|\bsoftware .*not responding\b"
    r"|\b(?:hypoallergenic|will (?:it|this) (?:cause|trigger)|is (?:it|this) safe"
    r"|no one .*responding)\b|\bwould (?:it|this)\b.*\ballergic\b"
)
_CHILD = re.compile(
    r"\b(?:im|i am|i just turned|i turned|im only|i am only|im just|only|i m)(?: only"
    r"| just| almost)? (?P<age>[4-9]|1[0-2]|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve)(?: ?(?:yrs?|years?|y)(?: ?olds?| of age|o)?| ?yo| years)\b"
    r"|\b(?:im|i am|im only|i am only|im just|i just turned|i m)(?: only| just)? (?:[4-9]"
    r"|1[0-2]|nine|ten|eleven|twelve)(?: (?:lol|haha|so|and (?:i|my|in)|but|can i.*"
    r"|my (?:mom|mum|dad).*|is that ok\w*|am i .*))?$"
    r"|\bim in (?:the )?(?:1st|2nd|3rd|4th|5th|6th|first|second|third|fourth|fifth"
    r"|sixth) grade\b|\b(?:im|i am) (?:a )?(?:kid|little kid|under 13|under thirteen)\b"
    r"|\btengo (?:[4-9]|1[0-2]|nueve|diez|once|doce) anos\b|\bjai (?:[4-9]|1[0-2]|neuf"
    r"|dix|onze|douze) ans\b|\bich bin (?:erst )?(?:[4-9]|1[0-2]|neun|zehn|elf"
    r"|zwolf)(?: jahre(?: alt)?)?$|\btenho (?:[4-9]|1[0-2]|nove|dez|onze|doze) anos\b"
)
_ADULT = re.compile(
    r"\b(?:(?:son|daughter|kid|child|grand\w+|niece|nephew|brother|sister|he|she) (?:is"
    r"|just turned)|size|weeks?|months?|minutes?|miles?|years (?:in|with|into|clean|sober"
    r"|married)|customer for|blocks?|hours?|inches|feet|ft|lbs?|percent)\b"
)
_SIZE = re.compile(
    r"\b(?:size|shoe|waist|inseam|dress|ring|foot|width|measure\w*|how many|quantity|fit)\b",
    re.IGNORECASE,
)
_ABUSE = re.compile(
    r"^(?:(?:you|u|your|youre|ur|yall|all|are|a|an|such|fucking|bunch|of|the|this|is"
    r"|company|people|guys|just|bot|go|hey|stupid|damn|little|piece|pieces|bloody|well"
    r"|wow|and|i|hate|so|fat|dumb|worst|absolute|total|complete|oh|lol) )*"
    r"(?:fuck (?:you|u|yall|this|yourself|ya)|fuck|fu|f u|eat shit|sucks?|go to hell"
    r"|suck my \w+|suck it|kiss my ass|screw you|bite me|bitch(?:es)?|asshole?s?|assholes"
    r"|cunts?|idiots?|morons?|stupid|dumbass(?:es)?|dumb|scumbags?|scum|trash|garbage"
    r"|pathetic|losers?|bastards?|wankers?|twats?|dickheads?|dicks?|pricks?|shitheads?"
    r"|shit|bullshit|clowns?|jerks?|retards?|crooks?|thieves|pendejos?|hijos? de puta"
    r"|puta madre|chinga tu madre|vete a la mierda|connards?|va te faire foutre|salauds?"
    r"|arschloch|leck mich|wichser|fick dich|vai se foder|filho da puta|idiota|merda"
    r"|mierda|merde|scheisse)"
    r"(?: (?:you|people|all|guys|lol|bitch|company|ever|and|yourself|asshole|too|off|this"
    r"|u|idiots|bot))*$"
)
_HUMAN = re.compile(
    r"^(?:(?:please|can|could|i|id|like|want|need|to|just|let|me|may|would|hi|hello|hey"
    r"|ok|no|yes|you|get|us|is|there|a|an|the|how|do|will|someone|have|connect|transfer"
    r"|put|pass|through|with|speak|speaking|talk|talking|chat|for|real|live|actual|this"
    r"|not|bot|lets|now|be|able|ai|gimme|give|wanna|possible|it|rather|prefer|right|here"
    r"|transferred|connected|quiero|hablar|con|necesito|puedo|je|veux|voudrais|parler|ich"
    r"|mochte|mit|bitte|quero|falar|com|preciso|im|asking|asap|customer|service|support"
    r"|your|some|help|from) )*"
    r"(?:human|humans|human being|(?:real|live|actual) (?:person|human|agent|people"
    r"|someone|representative|rep)|person|agent|representative|rep|operator|supervisor"
    r"|manager|someone real|customer (?:service|support|care)(?: (?:rep|representative"
    r"|agent|person|team))?|live (?:agent|chat|support|rep)|support (?:agent|rep|person"
    r"|team)|una persona|un humano|un agente|persona real|un asesor|agente|humano"
    r"|un humain|une personne|un conseiller|vraie personne|conseiller|einen? menschen"
    r"|mensch|mitarbeiter|echten menschen|um humano|uma pessoa|atendente|pessoa real)"
    r"(?: (?:please|now|thanks|thank|you|asap|not|a|bot|instead|here|to|help|me|on|the"
    r"|phone|about|this|por|favor|svp|bitte|sprechen|reden|plz|real|robot|ai|machine"
    r"|right|that|can|who|my|with|order|immediately|today))*$"
)
_NOT_HUMAN = re.compile(
    r"^(?:is|are) (?:this|you|there|it)\b|\bam i\b|\bare you\b|^(?:person|people"
    r"|manager)$|\bto the (?:person|agent)\b|^(?:i )?(?:have|help)\b.*\bperson\b"
    r"|\bagent is\b"
)


def is_legal_threat(text: str) -> bool:
    """Tell whether a text names a lawyer, a court, or a regulator against us."""
    return bool(_LEGAL.search(words_of(folded(bounded(text)))))


def find_danger(text: str, context: GateContext) -> Sensitive | None:
    """Return what makes a text one of danger to life, or a child's, None when nothing does.

    Args:
        text: The raw body.
        context: What was asked; "I'm 12" after a question about size is a size.

    Source: sms.md 4.9, 6.4; design section 8.
    """
    words = words_of(folded(bounded(text)))
    if _SELF_HARM.search(words) and not _NOT_SELF_HARM.search(words):
        return Sensitive(
            label=Label.SELF_HARM, rule="danger.self_harm", fixed_text=FixedText.SELF_HARM
        )
    if _EMERGENCY.search(words) and not _NOT_EMERGENCY.search(words):
        return Sensitive(
            label=Label.EMERGENCY, rule="danger.emergency", fixed_text=FixedText.EMERGENCY
        )
    if _CHILD.search(words) and not _ADULT.search(words):
        asked = open_question(context)
        if asked is None or not _SIZE.search(asked.body):
            return Sensitive(label=Label.UNDER_13, rule="danger.under_13", urgent=True)
    return None


def is_abuse(text: str) -> bool:
    """Tell whether a whole message is an insult and asks for nothing."""
    return bool(_ABUSE.match(words_of(folded(text[:400]))))


def asks_for_human(text: str) -> bool:
    """Tell whether a whole message asks for a person instead of the agent."""
    words = words_of(folded(text[:300]))
    return bool(_HUMAN.match(words)) and not _NOT_HUMAN.search(words)
