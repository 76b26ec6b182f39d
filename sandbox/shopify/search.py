"""Shopify's search syntax: tokens, filters, quotes, OR, AND, NOT, parentheses and prefixes."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

_LEXER = re.compile(
    r"""\s*(?:
    (?P<open>\()|(?P<close>\))|
    (?P<minus>-(?=\S))?
    (?:(?P<field>[A-Za-z_]+(?:\.[A-Za-z_]+)*):(?P<op><=|>=|<|>)?)?
    (?P<value>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s()]+)
    )""",
    re.VERBOSE,
)
Matcher = Callable[["Term"], bool]
Test = Callable[[Matcher], bool]


@dataclass(frozen=True)
class Term:
    """One condition: ``field`` is empty for free text, ``prefix`` when the value ended in ``*``."""

    field: str
    operator: str
    value: str
    prefix: bool

    def in_text(self, *texts: str) -> bool:
        """Say whether the value's words stand together in one of the texts, whole and in order."""
        return any(self._stands_in(tokens(text)) for text in texts)

    def equals(self, *values: str) -> bool:
        """Say whether the value is one of these, case aside."""
        mine = self.value.casefold()
        if self.prefix:
            return any(value.casefold().startswith(mine) for value in values)
        return any(value.casefold() == mine for value in values)

    def compares(self, instant: datetime) -> bool:
        """Say whether an instant stands to the value as the operator says; bad dates match none."""
        try:
            wanted = datetime.fromisoformat(self.value)
        except ValueError:
            return False
        if wanted.tzinfo is None:
            wanted = wanted.replace(tzinfo=UTC)
        checks = {
            "<": instant < wanted,
            "<=": instant <= wanted,
            ">": instant > wanted,
            ">=": instant >= wanted,
        }
        return checks.get(self.operator, instant.date() == wanted.date())

    def _stands_in(self, words: list[str]) -> bool:
        mine = tokens(self.value)
        if not mine:
            return False
        for start in range(len(words) - len(mine) + 1):
            found = words[start : start + len(mine)]
            last = found[-1].startswith(mine[-1]) if self.prefix else found[-1] == mine[-1]
            if last and found[:-1] == mine[:-1]:
                return True
        return False


def tokens(text: str) -> list[str]:
    """Return the words a text is indexed by: no case, accents or signs."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[0-9a-z]+", plain.replace("ł", "l").replace("Ł", "L").lower())


def parse_search(query: str) -> Test:
    """Return a test for one search text; the empty text passes everything.

    Args:
        query: As the client sent it; a text that cannot be read is searched word for word.

    Source: shopify.dev/docs/api/usage/search-syntax.
    """
    return _Parser(query).everything()


class _Parser:
    """A recursive descent over the search text; AND is implied and binds tighter than OR."""

    def __init__(self, query: str) -> None:
        self.parts = [m for m in _LEXER.finditer(query) if m.group().strip()]
        self.at = 0

    def everything(self) -> Test:
        tests = []
        while self.at < len(self.parts):
            if self._peek("close"):  # a stray bracket is dropped, as Shopify drops it
                self.at += 1
                continue
            tests.append(self._any_of())
        return _all(tests)

    def _any_of(self) -> Test:
        choices = [self._all_of()]
        while self._word("OR"):
            self.at += 1
            choices.append(self._all_of())
        return choices[0] if len(choices) == 1 else lambda match: any(t(match) for t in choices)

    def _all_of(self) -> Test:
        tests = []
        while self.at < len(self.parts) and not self._peek("close") and not self._word("OR"):
            if self._word("AND"):
                self.at += 1
                continue
            tests.append(self._one())
        return _all(tests)

    def _one(self) -> Test:
        part = self.parts[self.at]
        self.at += 1
        if part["value"] == "NOT" and not part["field"] and self.at < len(self.parts):
            inner = self._one()
            return lambda match: not inner(match)
        if part["open"]:
            inner = self._any_of()
            if self._peek("close"):
                self.at += 1
            return inner
        term = _term(part)
        if part["minus"]:
            return lambda match: not match(term)
        return lambda match: match(term)

    def _peek(self, group: str) -> bool:
        return self.at < len(self.parts) and bool(self.parts[self.at][group])

    def _word(self, word: str) -> bool:
        part = self.parts[self.at] if self.at < len(self.parts) else None
        return part is not None and part["value"] == word and not part["field"]


def _term(part: re.Match[str]) -> Term:
    value = part["value"] or ""
    quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
    if quoted:
        value = re.sub(r"\\(.)", r"\1", value[1:-1])
    prefix = not quoted and value.endswith("*") and len(value) > 1
    return Term(
        field=(part["field"] or "").lower(),
        operator=part["op"] or "",
        value=value.removesuffix("*") if prefix else value,
        prefix=prefix,
    )


def _all(tests: list[Test]) -> Test:
    return lambda match: all(test(match) for test in tests)
