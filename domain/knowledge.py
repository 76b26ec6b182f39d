"""The brand's own knowledge: policies and answers that replies may rest on."""

from domain.ranking import rank, words
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


def search_articles(
    query: str, articles: tuple[Article, ...], *, limit: int = 3
) -> tuple[Passage, ...]:
    """Return the articles a question is about.

    At least a third of the question's meaningful words must occur, otherwise an article that
    shares one common word would pass for an answer.

    Args:
        query: The question.
        articles: The brand's knowledge.
        limit: Most passages to return.

    Returns:
        Best first; empty when the brand's knowledge does not speak of it.
    """
    wanted = set(words(query))
    hits = rank(query, [(a.title, a.body) for a in articles])
    relevant = [
        Passage(article=articles[i], score=round(score, 3))
        for i, score in hits
        if len(wanted & set(words(f"{articles[i].title} {articles[i].body}"))) * 3 >= len(wanted)
    ]
    return tuple(relevant[:limit])
