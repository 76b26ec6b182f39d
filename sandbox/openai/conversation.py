"""What both protocols do alike to the conversation they carried."""

from sandbox.openai.errors import ApiError
from sandbox.openai.neutral import Entry, Kind


def fold(instructions: str | None, entries: tuple[Entry, ...]) -> tuple[str, tuple[Entry, ...]]:
    """Return the instructions joined with the leading system messages, and the other entries.

    Calls and outputs are matched on the way: an output takes its call's tool name.
    """
    lead = 0
    while lead < len(entries) and entries[lead].kind is Kind.SYSTEM:
        lead += 1
    words = [instructions or "", *(entry.text for entry in entries[:lead])]
    names = {e.call_id: e.name for e in entries if e.kind is Kind.CALL}
    rest = tuple(
        e.model_copy(update={"name": names[e.call_id]}) if e.kind is Kind.OUTPUT else e
        for e in entries[lead:]
    )
    return "\n\n".join(word for word in words if word), rest


def needs_the_word_json(instructions: str, entries: tuple[Entry, ...], param: str) -> None:
    """Refuse ``json_object`` when nothing in the prompt says JSON, as the vendor does."""
    if "json" not in " ".join((instructions, *(entry.text for entry in entries))).lower():
        raise ApiError(
            f"'{param}' must contain the word 'json' in some form, to use 'json_object'.",
            param=param,
        )
