"""Words that any wish for no more texts is built on, and words that speak against one."""

import re

# Without one of these no rule can match; most texts end here.
STEMS = re.compile(
    r"stop|agree|exit|reassign|name|accept|s.?t.?o.?p|un sub|unsub|uns|umsub|ubsub|undub"
    r"|unaub|insubs|opt|quit|cease"
    r"|desist|discontinu|remov|take|delete"
    r"|drop|lose|forget|erase|scratch|leave me|let me|alone|away|lost|block|spam|harass"
    r"|bother|revok|withdraw|rescind"
    r"|consent|cancel|end|text|txt|message|msg|mesag|massage|messge|contact|list|interest"
    r"|intrest|number|numba|person|name|more|knock"
    r"|wrong|belongs|meant|intended|someone|new phone|new number|no one|nobody|this isnt"
    r"|im not|not |enough|halt"
    r"|cut|off|beat|hike|shut|stfu|gtfo|hop|spare|sod|sick|tired|done|count|want|never"
    r"|sign|order|put me|get|hell"
    r"|bent|stpo|sotp|srop|stap|stah|tsop|syop|dtop|sopt|alto|par[ae]|baja|desus|dejen"
    r"|deje|deja|borr|elimin|quit"
    r"|saq|sac|basta|mensaj|numero|molest|manden|mande|envi|escri|equivoc|arret|cess"
    r"|desab|desin|desen|retir|supprim"
    r"|enlev|effac|laiss|fich|foute|lach|suffit|plus|pas |sms|nicht|kein|nachricht|hor"
    r"|abmeld|austrag|abbest|losch"
    r"|loesch|entfern|lass|schluss|genug|reicht|aufhor|widerr|entzieh|falsch|verwahl"
    r"|nummer|verteiler|chega|sair"
    r"|descad|tir[ae]|exclu|apag|mensag|deix|larg|engan|pessoa|promo|marketing|market"
    r"|solicit|alert|notif|fuck|piss|bug"
    r"|inter[eé]s|teress|meld|perturb|incomod|dese[oj]|qui[es]|quero|souhait|veux|mochte"
    r"|moechte|trag|ruhe|resili|annul|anul|suspend|deten|autori|rmv|no mas|mistak| here"
    r"|had this|scrub|rid of|decline|permission|read|understand|mark|report|enroll|regist"
    r"|refus|envoi|disturb|asking|consent|enganou|dar de|doy de|paren|mauvais|faux|tromp"
    r"|erreur|comment|wie |sem |ningun|stip|stp|shut|terminate"
)
DOUBTFUL = re.compile(
    r"\b(?:stop(?! (?:working|by|at|in|over|loss|sign|motion|and shop|loading|responding"
    r"|selling|making|carrying))"
    r"|unsubscribe\w*|opt(?:ed|ing)? out|quit texting|leave me|lose my number|no more"
    r"|not interested|spam\w*"
    r"|harass\w*|remove me|take me off|revoke|consent|(?:dont|never|not) (?:text|message"
    r"|contact|send me)"
    r"|too many (?:texts|messages)|(?:these|your|the|so many|all these) (?:texts|messages)"
    r"|(?:hate|annoying|sick of|tired of) \w*|desuscri\w*|de baja|mensajes|desabonn\w*|abmelden"
    r"|nachrichten|mensagens|descadastr\w*|block(?:ing|ed)? (?:you|me|this)|blocked"
    r"|text me|told you|someone else|permission to|junk|alone"
    r"|turn (?:these|this|them|it) off|(?:remove|delete|erase|take)(?: \w+){0,4} (?:me"
    r"|number|list)|my number|i say no|how many stops)\b"
)
PLAIN_GOODS = re.compile(
    r"\b(?:bus|truck|train|pit|door|full|rest|whistle|next|first|last|non|back|short|tab"
    r"|one) stops?\b|\bstop(?:s|ped|per|ping)?"
    r" (?:by|at|in|over|working|shipping|selling|making|carrying|the (?:order|shipment"
    r"|package|delivery|payment|sale)"
    r"|my (?:order|subscription|shipment|auto ?ship|delivery)|wearing|loading|charging"
    r"|responding|smelling)\b"
    r"|\b(?:cant|never|wont|doesnt|didnt) stop \w+ing\b"
    r"|\bno more (?:\w+ ){0,2}(?:questions?|queries|help|details|left|in)\b"
)
DELIGHT = re.compile(
    r"\b(?:love|loves|loving|lov|luv|adorable|cute|cutest|gorgeous|amazing|obsessed"
    r"|beautiful|stunning|perfect|pretty|so good"
    r"|need (?:this|these|it|them)|(?<!dont )(?<!not )(?<!never )want (?:this|these|it"
    r"|them|one|all)|lol|lmao|lmfao|haha\w*|hehe\w*|rofl|dying|dead|crying"
    r"|hilarious|funny|fire|too good|drooling|swoon|iconic|slay|fabulous|delicious"
    r"|precious|omgg+|yummy|dreamy"
    r"|my heart|im in love|sweetest|incredible|insane deal|tempting|wallet|broke|die for"
    r"|favorite|shut the front door)\b"
)
DELIGHT_PICTURES = frozenset("😍🥰❤♥🔥😂🤣😭💀😩🤩💕💖💗😻🫶✨💛💙💜🧡💚😆😹🥹😱🤯👏🙌💯")
MARKETING = re.compile(
    r"\b(?:promos?|promotions?|promotionals?|marketing|sales?|deals?|ads?|adverts?"
    r"|advertis\w+|offers?|coupons?"
    r"|promociones|publicidad|ofertas|propaganda|pubs?|publicites?|offres|werbung"
    r"|angebote|promocoes|only)\b"
)
EVERYTHING = re.compile(
    r"\b(?:all (?:texts|messages|communications?)|anything|everything|any (?:texts"
    r"|messages)|remove|unsubscribe"
    r"|database|list|my number|spam|nothing|opt out)\b"
)
