"""Files and functions stay small enough to be read at once."""

from tests.architecture.source import Function, functions, sources, without_docstring

MAX_FILE_LINES = 200
MAX_FUNCTION_LINES = 40


def _length(function: Function) -> int:
    """Return the lines from `def` to the last statement, its docstring left out."""
    body = without_docstring(function)
    if not body:
        return 0
    docstring = body[0].lineno - function.body[0].lineno
    return (body[-1].end_lineno or 0) - function.lineno + 1 - docstring


def _table(found: dict[str, int]) -> str:
    worst_first = sorted(found.items(), key=lambda item: -item[1])
    return "\n" + "\n".join(f"{lines:5} {name}" for name, lines in worst_first)


def test_files_of_the_product_have_at_most_200_lines() -> None:
    """A longer file is two subjects: split it where the second begins."""
    too_long = {
        s.name: lines for s in sources() if (lines := len(s.text.splitlines())) > MAX_FILE_LINES
    }

    assert not too_long, _table(too_long)


def test_functions_of_the_product_have_at_most_40_lines() -> None:
    """A longer function hides its steps: name them."""
    too_long = {
        f"{s.name}:{f.name}": lines
        for s in sources()
        for f in functions(s.tree)
        if (lines := _length(f)) > MAX_FUNCTION_LINES
    }

    assert not too_long, _table(too_long)
