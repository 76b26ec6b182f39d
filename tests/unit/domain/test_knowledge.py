"""Finding the brand's article for a question, over the demo brand's own articles."""

import json
from pathlib import Path

import pytest

import sandbox.demo
from domain.knowledge import Article, search_articles
from tests.unit.domain.knowledge_questions import ANSWERED, OFF_TOPIC


@pytest.fixture(scope="module")
def articles() -> tuple[Article, ...]:
    """Return the demo brand's knowledge."""
    raw = (Path(sandbox.demo.__path__[0]) / "knowledge.json").read_text(encoding="utf-8")
    return tuple(
        Article(id=a["id"], title=a["title"], body=a["body"], url=a["url"])
        for a in json.loads(raw)
    )  # fmt: skip


def _found(question: str, articles: tuple[Article, ...]) -> list[str]:
    return [p.article.id for p in search_articles(question, articles)]


def test_questions_name_only_articles_of_the_demo(articles: tuple[Article, ...]) -> None:
    """The evaluation would measure nothing if it expected articles that do not exist."""
    known = {a.id for a in articles}

    assert {i for _, ids in ANSWERED for i in ids.split()} <= known
    assert len(ANSWERED) >= 100
    assert len({q for q, _ in ANSWERED}) == len(ANSWERED)


def test_search_articles_natural_questions_are_answered_first(
    articles: tuple[Article, ...],
) -> None:
    """At least 85 % of customers' questions put an article that answers them in first place."""
    missed = [
        (question, expected)
        for question, expected in ANSWERED
        if not set(_found(question, articles)[:1]) & set(expected.split())
    ]

    assert len(missed) <= 0.15 * len(ANSWERED), missed


def test_search_articles_natural_questions_are_answered_among_three(
    articles: tuple[Article, ...],
) -> None:
    """The model is shown three passages: at least 92 % of the questions find theirs there."""
    missed = [
        (question, expected)
        for question, expected in ANSWERED
        if not set(_found(question, articles)) & set(expected.split())
    ]

    assert len(missed) <= 0.08 * len(ANSWERED), missed


def test_search_articles_off_topic_questions_return_nothing(
    articles: tuple[Article, ...],
) -> None:
    """What the brand does not speak of finds nothing, but for a word that means two things."""
    answered = [question for question in OFF_TOPIC if _found(question, articles)]

    assert len(OFF_TOPIC) - len(answered) >= 10
    assert len(answered) <= 0.1 * len(OFF_TOPIC), answered


@pytest.mark.parametrize("question", ["", "   ", "?!", "and the of it", "😀"])
def test_search_articles_question_without_meaning_returns_nothing(
    question: str, articles: tuple[Article, ...]
) -> None:
    """Without a meaningful word there is nothing to look for."""
    assert search_articles(question, articles) == ()


def test_search_articles_no_articles_returns_nothing() -> None:
    """A brand without knowledge has no answer."""
    assert search_articles("return policy", ()) == ()


def test_search_articles_limit_is_respected(articles: tuple[Article, ...]) -> None:
    """No more passages than asked for, and the best ones."""
    every = search_articles("return policy", articles, limit=99)

    assert len(every) > 3
    assert search_articles("return policy", articles) == every[:3]
    assert search_articles("return policy", articles, limit=1) == every[:1]
    assert [p.score for p in every] == sorted((p.score for p in every), reverse=True)
