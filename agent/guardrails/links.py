"""Links in a draft: whole https addresses that a lookup or the brand gave, on known hosts."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from agent.context import TurnContext
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from agent.guardrails.plain import Draft
from agent.guardrails.subject import named_sources
from domain.facts import FactKind

MAX_LINKS = 1
"""Carriers filter texts with several links. Source: reliability.md 4.6."""

_SCHEMED = re.compile(r"(?i)\b(?P<scheme>[a-z][a-z0-9+.-]{1,9})\s?:\s?//\s?(?P<rest>\S*)")
_ODD_SCHEME = re.compile(
    r"(?i)\b(?:javascript|data|vbscript|file|ftp|tel|sms|mailto|hxxps?):(?=\S)"
)
_BARE = re.compile(
    r"(?<![\w@.-])(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:xn--[\w-]+|[^\W\d_]{2,24})(?![\w@])(?:[/:?#]\S*)?"
)
_NUMERIC_HOST = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|\[[0-9a-fA-F:]*::[0-9a-fA-F:]*\]"
)
_SPELT_OUT = re.compile(
    r"(?i)\b[\w-]+\s?(?:\(dot\)|\[dot\]|\{dot\}|\sdot\s)\s?(?:com|net|org|io|co|ly|me|info|shop|app)\b"
)
_INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WRAPPING = ".,;:!?)]}'\"»>*"
_NO_HOSTS = frozenset({"e.g", "i.e", "a.m", "p.m", "a.k.a", "u.s", "p.s"})
_SHORTENERS = frozenset(
    "bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly rebrand.ly cutt.ly shorturl.at rb.gy "
    "tiny.cc lnkd.in t.ly s.id v.gd soo.gd bl.ink short.io dub.sh shrtco.de adf.ly trib.al "
    "qr.ae linktr.ee".split()
)


def check_links(draft: Draft, known: Known, context: TurnContext) -> Iterator[Finding]:
    """Yield every link that must not go out.

    Args:
        draft: Its text as it would be sent counts: a look-alike letter makes another host.
        known: Links of facts, and texts of the brand that hold links.
        context: The brand's allowed hosts.
    """
    text = visible(draft.sent)
    links = [_trimmed(m.group()) for m in _SCHEMED.finditer(text)]
    rest = _SCHEMED.sub(" ", text)
    allowed = _allowed_hosts(known, context)
    sources = named_sources(draft.folded, known) or None
    for link in links:
        problem = _problem(link, allowed) or _not_given(link, known, sources)
        if problem:
            yield finding(Rule.LINK, f"{problem}: {link}")
    for bare in _bare_links(rest):
        yield finding(Rule.LINK, f"not a whole https link: {bare}")
    if len(set(links)) > MAX_LINKS:
        yield finding(Rule.LINK, f"{len(set(links))} links; use at most one")


def visible(text: str) -> str:
    """Return a text without invisible characters, compatibility forms resolved."""
    shown = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return re.sub(r"(?<=\w)[\u3002\uff0e\uff61](?=\w)", ".", shown)


def _trimmed(link: str) -> str:
    trimmed = link.rstrip(_WRAPPING)
    # "(see https://a.example/b_(c))" keeps the bracket that belongs to the path.
    if trimmed.count("(") > trimmed.count(")") and link.startswith(trimmed + ")"):
        return trimmed + ")"
    return trimmed


def _bare_links(text: str) -> Iterator[str]:
    for pattern in (_ODD_SCHEME, _NUMERIC_HOST, _SPELT_OUT):
        yield from (m.group() for m in pattern.finditer(text))
    for match in _BARE.finditer(text):
        if match.group().casefold().rstrip(".") not in _NO_HOSTS:
            yield match.group()


def _problem(link: str, allowed: frozenset[str]) -> str | None:
    parts = _parts(link)
    if parts is None or not parts.hostname:
        return "unreadable"
    host = parts.hostname.rstrip(".")
    if parts.scheme != "https":
        return "not https"
    if "@" in parts.netloc or "\\" in link or ":" in parts.netloc:
        return "user or port in the address"
    if not parts.netloc.isascii() or "xn--" in host or "%" in parts.netloc:
        return "look-alike host"
    if host in _SHORTENERS or host.removeprefix("www.") in _SHORTENERS:
        return "shortened"
    if not any(host == a or host.endswith(f".{a}") for a in allowed):
        return "host not allowed"
    return None


def _parts(link: str) -> SplitResult | None:
    try:
        parts = urlsplit(link)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _allowed_hosts(known: Known, context: TurnContext) -> frozenset[str]:
    given = (_parts(link) for link in known.values(FactKind.LINK))
    hosts = {p.hostname for p in given if p is not None and p.hostname}
    own = {h.casefold().removeprefix("www.") for h in context.brand.identity.link_domains}
    return frozenset(hosts | own)


def _not_given(link: str, known: Known, sources: frozenset[str] | None) -> str | None:
    """Return a problem when nobody gave this very address for what the draft speaks of."""
    wanted = _same(link)
    given = {_same(value) for value in known.values(FactKind.LINK, sources)}
    for text in known.texts:
        given.update(_same(_trimmed(m.group())) for m in _SCHEMED.finditer(visible(text)))
    return None if wanted in given else "nobody gave this link"


def _same(link: str) -> str:
    parts = _parts(link)
    if parts is None:
        return link
    path = parts.path.rstrip("/")
    return f"{parts.netloc.casefold()}{path}?{parts.query}#{parts.fragment}"
