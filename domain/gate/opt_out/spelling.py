"""Slang and typing errors of English opt-outs, brought back to plain words."""

import re

_SLANG = {
    **dict.fromkeys("txt tex tx texr".split(), "text"),
    **dict.fromkeys("txts texs tets texst testx".split(), "texts"),
    **dict.fromkeys(
        "textn txtng textng txting txtin textin texing texring textng texitng tezting "
            "tectin tecting txtng "
        "texxting textting textign".split(),
        "texting",
    ),
    **dict.fromkeys("msg mssg mesage messge massage mssage messag mesg".split(), "message"),
    **dict.fromkeys(
        "msgs mssgs mesages messges mesgs messags messeges messgaes mssages msges massages "
        "messagess messeages meassages mesasges".split(),
        "messages",
    ),
    **dict.fromkeys("mssging msgng msging messagin messging mesaging msgin".split(), "messaging"),
    **dict.fromkeys("pls plz plse plx pleez pleaze palese".split(), "please"),
    **dict.fromkeys("thx thnx thanx tks tnx thxs thnks ty tysm thankyou".split(), "thanks"),
    **dict.fromkeys("dnt dont donot dotn dobt don ddont".split(), "dont"),
    **dict.fromkeys("sendin sendng senidng sening snding".split(), "sending"),
    **dict.fromkeys("gettin geting".split(), "getting"),
    **dict.fromkeys("recieve receve recive recieving reciving receiveing".split(), "receive"),
    **dict.fromkeys(
        "intrested intersted interrested intrsted intereted interestd".split(),
        "interested",
    ),
    **dict.fromkeys("rmv remov remvoe remve remvove reomve removr emove".split(), "remove"),
    **dict.fromkeys("contct conact cotact contac contacing contaching".split(), "contact"),
    **dict.fromkeys("spamin spaming spammin spammng".split(), "spamming"),
    **dict.fromkeys("numba numbr nmber num nbr numer nunber numbe nubmer".split(), "number"),
    **dict.fromkeys("bothring botherin".split(), "bothering"),
    **dict.fromkeys("harrassing harrasing harasing".split(), "harassing"),
    **dict.fromkeys("lst".split(), "list"),
    **dict.fromkeys("alon aloen allone".split(), "alone"),
    **dict.fromkeys("plesase pleasse".split(), "please"),
    "u": "you", "ya": "you", "yall": "you", "yuo": "you", "ur": "your", "r": "are",
    "wanna": "want to", "anymor": "anymore", "anymroe": "anymore", "nomore": "no more",
    "mor": "more", "wrng": "wrong", "phne": "phone", "fone": "phone",
    "4": "for", "2": "to", "da": "the",
    "dat": "that", "dis": "this", "thru": "through", "frm": "from",
    "cncl": "cancel", "cancle": "cancel", "cancell": "cancel", "cansel": "cancel",
    "canel": "cancel", "caneel": "cancel", "cancwl": "cancel",
    "quitt": "quit", "qiut": "quit", "quti": "quit", "dint": "didnt", "fk": "fuck", "fck": "fuck",
    "fuk": "fuck", "fucken": "fucking", "fkn": "fucking", "fkin": "fucking",
    "fuckin": "fucking", "effing": "fucking", "freakin": "freaking", "damm": "damn",
}  # fmt: skip
"""Only spellings that are no other word; "massage" and "removed" are read as meant here, because
phrases need their neighbours as well."""

_STOP_TYPOS = frozenset(
    "stpop stpo sotp stopp srop stap stahp stob stoo stpp sttop sstop stoop stopo stopt "
    "syop dtop atop "
    "stp stip st0p stopit stops sopt tsop tops sop stio stopq astop stlp sto sotop stopn stoip "
    "stoppp stopplz stoppls stahhp stawp stoap strop spot s7op".split()
)
"""Read as "stop" when the message holds nothing else; "spot", "tops" and "stops" are words too."""
_STOP_TYPOS_IN_PHRASES = _STOP_TYPOS - {"stops", "tops", "sop", "spot", "stoop", "strop"}
_UNSUB = re.compile(
    r"\b(?:un ?sub|unscri|unscub|unsus(?!pect|tain)|unsuc(?!cess)|unsuv|unsib|unsb|undub"
    r"|unsri|unsrib"
    r"|umsub|ubsub|insubscri|desubscri|unaub|unwub|unsuns|unsybs|unusbs|onsubscri)\w*"
)
_OPT_OUT = re.compile(
    r"\b(?:opt ?o?ut|optuot|opy out|opt oit|opt our|opt ouy|otp out|opt oout|opt put"
    r"|opted ?out|opting ?out|opt me oit)\b"
)
_FUZZY = tuple(
    "texting messages message messaging remove contact contacting receive receiving sending please "
    "interested harassing bothering annoying spamming number unsubscribe unsubscribed".split()
)
_TRANSPOSED = ("text", "texts", "list", "stop", "send", "alone", "dont", "from", "more")
_REAL_WORDS = frozenset(
    "testing sexting vexing tenting massages passages messaged massage passage massaging removed "
    "removes remover remote reprove contract contacts contacted compact contracting contacting "
    "received receives receiver deceive deceiving relieving lending bending vending "
    "mending pending "
    "tending fending wending spending sanding seeding sensing ending pleased pleases lease release "
    "scamming slamming spanning spamming numbers lumber numbed slumber nummer "
    "uninterested disinterested "
    "subscribe tons tops spot pots opts post form lits slit silt lits ends dens sned "
    "done note tend "
    "test next tent teat moer roe unsubscribes receding removing".split()
)
_LETTERS_AZ = "abcdefghijklmnopqrstuvwxyz"


def _one_edit(word: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    edits = {left + right[1:] for left, right in cuts if right}
    edits |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    edits |= {left + c + right[1:] for left, right in cuts if right for c in _LETTERS_AZ}
    return edits | {left + c + right for left, right in cuts for c in _LETTERS_AZ}


def _typing_errors() -> dict[str, str]:
    errors: dict[str, str] = {}
    for word in _TRANSPOSED:
        for i in range(len(word) - 1):
            errors[word[:i] + word[i + 1] + word[i] + word[i + 2 :]] = word
    for word in _FUZZY:
        errors.update(dict.fromkeys(_one_edit(word) - set(_FUZZY), word))
    return {error: word for error, word in errors.items() if error not in _REAL_WORDS}


_ERRORS = {**_typing_errors(), **_SLANG}
"""One slip of the thumb away from a word that opt-outs are made of, and no other word."""

_LETTERS = re.compile(r"\bs[ .]*t[ .]*o[ .]*p\b")
_LONG = re.compile(r"([a-z])\1{2,}")


def squeezed(text: str) -> str:
    """Return a text with letters that stand three times or more in a row written once."""
    return _LONG.sub(r"\1", text)


def plain_words(form: str) -> str:
    """Return folded words with slang, stretched letters and typing errors undone.

    Args:
        form: Words in `normalise.words_of` form.
    """
    form = _LONG.sub(r"\1", form)
    form = _LETTERS.sub("stop", form)
    form = _UNSUB.sub(_unsubscribe, form)
    if "op" in form or "ot" in form:
        form = _OPT_OUT.sub(_opt_out, form)
    words = [_ERRORS.get(word, word) for word in form.split(" ")]
    words = ["stop" if word in _STOP_TYPOS_IN_PHRASES else word for word in words]
    joined = " ".join(words)
    return (
        joined.replace("do not", "dont")
        .replace("any more", "anymore")
        .replace("i am", "im")
        .replace("leaveme", "leave me")
    )


def is_stop_typo(form: str) -> bool:
    """Tell whether a whole message is a mistyped STOP."""
    squeezed = _LONG.sub(r"\1", form)
    return form in _STOP_TYPOS or squeezed == "stop" or squeezed.replace(" ", "") == "stop"


def _unsubscribe(match: re.Match[str]) -> str:
    return "unsubscribed" if match.group().endswith("ed") else "unsubscribe"


def _opt_out(match: re.Match[str]) -> str:
    word = match.group()
    if word.startswith("opted"):
        return "opted out"
    return "opting out" if word.startswith("opting") else "opt out"
