"""The brand's own knowledge: policies and answers that replies may rest on."""

from domain.ranking import match
from domain.values import Value


class Article(Value):
    """One piece of the brand's knowledge.

    Attributes:
        id: Stable within the brand, "returns".
        title: What it is about.
        body: Plain text.
        url: Where customers can read it, None when nowhere.
    """

    id: str
    title: str
    body: str
    url: str | None = None


class Passage(Value):
    """An article that bears on a question."""

    article: Article
    score: float


# Below it, what an article shares with a question is a common word, not the subject.
_LEAST_COVERAGE = 0.4


def search_articles(
    query: str, articles: tuple[Article, ...], *, limit: int = 3
) -> tuple[Passage, ...]:
    """Return the articles a question is about.

    An article must speak of a good part of what the question says, rare words counting more,
    otherwise one that shares a common word would pass for an answer.

    Args:
        query: The question.
        articles: The brand's knowledge.
        limit: Most passages to return.

    Returns:
        Best first; empty when the brand's knowledge does not speak of it.
    """
    relevant = [
        Passage(article=articles[m.index], score=round(m.score, 3))
        for m in match(query, [(a.title, a.body) for a in articles])
        if m.coverage >= _LEAST_COVERAGE
    ]
    return tuple(relevant[:limit])
