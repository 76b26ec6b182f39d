"""Our count against the carrier's own calculator."""

import unicodedata
from functools import cache

import pytest
import regex

from domain.gsm7 import ALPHABET, EXTENSION
from domain.segments import (
    UCS2_UNITS_IN_PART,
    Encoding,
    SegmentCount,
    count_segments,
    fits_one_segment,
    normalise,
)
from domain.smart_encoding import SMART_ENCODING
from tests.differential.conftest import AskReference, ReferenceAnswers
from tests.differential.sample_texts import sample_texts

AMOUNT = 24_000


@cache
def _texts() -> tuple[str, ...]:
    return tuple(sample_texts(AMOUNT))


@pytest.fixture(scope="session")
def reference(ask_reference: AskReference) -> ReferenceAnswers:
    """Give the calculator's answers to every sample text."""
    return ask_reference(_texts())


def _pairs(
    reference: ReferenceAnswers,
) -> list[tuple[str, SegmentCount, tuple[str, int, int, int]]]:
    return [
        (text, count_segments(text), theirs)
        for text, theirs in zip(_texts(), reference.counts, strict=True)
    ]


def test_sample_texts_cover_both_encodings_and_many_sizes() -> None:
    """A comparison says something only when both encodings and one to many parts occur often."""
    counts = [count_segments(text) for text in _texts()]
    assert len(set(_texts())) >= 20_000
    for encoding in Encoding:
        sizes = [count.segments for count in counts if count.encoding is encoding]
        assert min(sizes.count(amount) for amount in (1, 2, 3)) >= 500


def test_encoding_of_every_sample_equals_the_reference(reference: ReferenceAnswers) -> None:
    """One character too many or too few in our alphabet would show here."""
    differing = [text for text, ours, theirs in _pairs(reference) if ours.encoding != theirs[0]]
    assert differing == []


def test_fits_one_segment_of_every_sample_equals_the_reference(
    reference: ReferenceAnswers,
) -> None:
    """The promise "one segment" is the one the carrier bills; nothing is left out here."""
    differing = [
        text for text, _, theirs in _pairs(reference) if fits_one_segment(text) != (theirs[2] == 1)
    ]
    assert differing == []


def test_units_of_every_sample_equal_the_reference(reference: ReferenceAnswers) -> None:
    """Septets and UTF-16 code units are counted alike, clusters or not."""
    differing = [text for text, ours, theirs in _pairs(reference) if ours.units != theirs[1]]
    assert differing == []


def test_segments_of_every_sample_equal_the_reference_but_for_its_known_faults(
    reference: ReferenceAnswers,
) -> None:
    """The exact count differs only where the calculator is known to be wrong.

    It divides clusters by the rules of Unicode 10 (no hair components, for one), and a cluster
    that fits no part makes it count an empty one. It bills nothing as one segment.
    """
    differing = {
        text
        for text, ours, theirs in _pairs(reference)
        if text and ours.segments != theirs[2] and not _is_known_fault(text, theirs[3])
    }
    assert differing == set()


def test_known_faults_stay_few(reference: ReferenceAnswers) -> None:
    """The exceptions of the test above must not swallow it."""
    excused = [
        text
        for text, ours, theirs in _pairs(reference)
        if ours.segments != theirs[2] and _is_known_fault(text, theirs[3])
    ]
    assert len(excused) <= 20


def test_smart_encoding_equals_the_reference_entry_by_entry(reference: ReferenceAnswers) -> None:
    """What the carrier replaces is what we say it replaces."""
    assert dict(SMART_ENCODING) == reference.smart_encoding


def test_alphabet_equals_the_reference_entry_by_entry(reference: ReferenceAnswers) -> None:
    """The same characters cost one septet, and the same ones two."""
    theirs = {chr(code): septets for code, septets in reference.alphabet.items()}
    assert theirs.keys() == ALPHABET
    assert {char for char, septets in theirs.items() if _is_pair(septets)} == EXTENSION


def test_normalised_samples_never_cost_more_than_the_original() -> None:
    """Normalising saves segments or leaves them, whatever is replaced."""
    dearer = [
        text
        for text in _texts()
        if count_segments(normalise(text)).segments
        > max(1, count_segments(unicodedata.normalize("NFC", text)).segments)
    ]
    assert dearer == []


def _is_pair(septets: list[int] | int) -> bool:
    return isinstance(septets, list) and len(septets) == 2


def _is_known_fault(text: str, their_clusters: int) -> bool:
    clusters = regex.findall(r"\r|\n|\X", text)
    too_large = any(
        len(cluster.encode("utf-16-le")) > 2 * UCS2_UNITS_IN_PART for cluster in clusters
    )
    return too_large or len(clusters) != their_clusters
