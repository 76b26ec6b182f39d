"""Words that any wish for no more texts is built on, and words that speak against one."""

import re

# Without one of these no rule can match; most texts end here.
STEMS = re.compile(
    r"stop|s.?t.?o.?p|un sub|unsub|uns|umsub|ubsub|undub|unaub|insubs|opt|quit|cease|desist|discontinu|remov|take|delete"
    r"|drop|lose|forget|erase|scratch|leave me|let me|alone|away|lost|block|spam|harass|bother|revok|withdraw|rescind"
    r"|consent|cancel|end|text|txt|message|msg|mesag|massage|messge|contact|list|interest|intrest|number|numba|person|name|more|knock"
    r"|wrong|belongs|meant|intended|someone|new phone|new number|no one|nobody|this isnt|im not|not |enough|halt"
    r"|cut|off|beat|hike|shut|stfu|gtfo|hop|spare|sod|sick|tired|done|count|want|never|sign|order|put me|get|hell"
    r"|bent|stpo|sotp|srop|stap|stah|tsop|syop|dtop|sopt|alto|par[ae]|baja|desus|dejen|deje|deja|borr|elimin|quit"
    r"|saq|sac|basta|mensaj|numero|molest|manden|mande|envi|escri|equivoc|arret|cess|desab|desin|desen|retir|supprim"
    r"|enlev|effac|laiss|fich|foute|lach|suffit|plus|pas |sms|nicht|kein|nachricht|hor|abmeld|austrag|abbest|losch"
    r"|loesch|entfern|lass|schluss|genug|reicht|aufhor|widerr|entzieh|falsch|verwahl|nummer|verteiler|chega|sair"
    r"|descad|tir[ae]|exclu|apag|mensag|deix|larg|engan|pessoa|promo|marketing|market|solicit|alert|notif|fuck|piss|bug"
    r"|inter[eé]s|teress|meld|perturb|incomod|dese[oj]|qui[es]|quero|souhait|veux|mochte|moechte|trag|ruhe|resili|annul|anul|suspend|deten|autori|rmv|no mas|mistak| here|had this|scrub|rid of|decline|permission|read|understand|mark|report|enroll|regist|refus|envoi|disturb|asking|consent|enganou|dar de|doy de|paren|mauvais|faux|tromp|erreur|comment|wie |sem |ningun|stip|stp|shut|terminate"
)
DOUBTFUL = re.compile(
    r"\b(?:stop(?! (?:working|by|at|in|over|loss|sign|motion|and shop|loading|responding|selling|making|carrying))"
    r"|unsubscribe\w*|opt(?:ed|ing)? out|quit texting|leave me|lose my number|no more|not interested|spam\w*"
    r"|harass\w*|remove me|take me off|revoke|consent|(?:dont|never|not) (?:text|message|contact|send me)"
    r"|too many (?:texts|messages)|(?:these|your|the|so many|all these) (?:texts|messages)"
    r"|(?:hate|annoying|sick of|tired of) \w*|desuscri\w*|de baja|mensajes|desabonn\w*|abmelden"
    r"|nachrichten|mensagens|descadastr\w*|block(?:ing|ed)? (?:you|me|this)|blocked|text me|told you|someone else|permission to|junk|alone"
    r"|turn (?:these|this|them|it) off|(?:remove|delete|erase|take)(?: \w+){0,4} (?:me|number|list)|my number|i say no|how many stops)\b"
)
PLAIN_GOODS = re.compile(
    r"\b(?:bus|truck|train|pit|door|full|rest|whistle|next|first|last|non|back|short|tab|one) stops?\b|\bstop(?:s|ped|per|ping)?"
    r" (?:by|at|in|over|working|shipping|selling|making|carrying|the (?:order|shipment|package|delivery|payment|sale)"
    r"|my (?:order|subscription|shipment|auto ?ship|delivery)|wearing|loading|charging|responding|smelling)\b"
    r"|\b(?:cant|never|wont|doesnt|didnt) stop \w+ing\b|\bno more (?:\w+ ){0,2}(?:questions?|queries|help|details|left|in)\b"
)
DELIGHT = re.compile(
    r"\b(?:love|loves|loving|lov|luv|adorable|cute|cutest|gorgeous|amazing|obsessed|beautiful|stunning|perfect|pretty|so good"
    r"|need (?:this|these|it|them)|(?<!dont )(?<!not )(?<!never )want (?:this|these|it|them|one|all)|lol|lmao|lmfao|haha\w*|hehe\w*|rofl|dying|dead|crying"
    r"|hilarious|funny|fire|too good|drooling|swoon|iconic|slay|fabulous|delicious|precious|omgg+|yummy|dreamy"
    r"|my heart|im in love|sweetest|incredible|insane deal|tempting|wallet|broke|die for|favorite|shut the front door)\b"
)
DELIGHT_PICTURES = frozenset("😍🥰❤♥🔥😂🤣😭💀😩🤩💕💖💗😻🫶✨💛💙💜🧡💚😆😹🥹😱🤯👏🙌💯")
MARKETING = re.compile(
    r"\b(?:promos?|promotions?|promotionals?|marketing|sales?|deals?|ads?|adverts?|advertis\w+|offers?|coupons?"
    r"|promociones|publicidad|ofertas|propaganda|pubs?|publicites?|offres|werbung|angebote|promocoes|only)\b"
)
EVERYTHING = re.compile(
    r"\b(?:all (?:texts|messages|communications?)|anything|everything|any (?:texts|messages)|remove|unsubscribe"
    r"|database|list|my number|spam|nothing|opt out)\b"
)
