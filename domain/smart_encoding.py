"""Characters outside GSM-7 and the plain text that a carrier-side encoder puts in their place.

Source: the map of Twilio's message segment calculator 1.3.0 (MIT), which
`tests/differential` compares with this one entry by entry.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

# What it becomes, and the code points (or ranges) that become it.
_ROWS: tuple[tuple[str, str], ...] = (
    ('"', "00AB 00BB 02BA 02EE 201C 201D 201E 201F 275D 275E 301D 301E FF02"),
    ("'", "0060 00B4 02B9 02BB 02BC 02BD 02C8 02CA 02CB 0313 0314 2018 2019 201B 275B 275C"),
    ("'", "FE10 FE11 FF07"),
    ("/", "00F7 0337 0338 2044 2215 29F8 FF0F"),
    ("1/4", "00BC"),
    ("1/2", "00BD"),
    ("3/4", "00BE"),
    ("\\", "20E5 29F5 29F9 FE68 FF3C"),
    ("_", "0332 2017 FF3F"),
    ("|", "20D2 20D3 2223 239C 239F 23B8 23B9 23D0 FF5C"),
    ("-", "2010 2013 2014 2015 2022 2043 23BC 23BD FE63 FF0D"),
    ("@", "FE6B FF20"),
    ("$", "FE69 FF04"),
    ("#", "FE5F FF03"),
    ("%", "FE6A FF05"),
    ("&", "FE60 FF06"),
    ("!", "01C3 FE15 FE57 FF01"),
    ("!!", "203C"),
    ("?", "FE16 FE56 FF1F"),
    (",", "0326 201A 3001 FE50 FE51 FF0C FF64"),
    ("(", "2768 276A 27EE 2985 FE59 FF08"),
    (")", "2769 276B 27EF 2986 FE5A FF09"),
    ("*", "204E 2217 229B 2722-2725 2731-2733 273A-273D 2743 2749-274B 29C6 FE61 FF0A"),
    ("+", "02D6 FE62 FF0B"),
    (".", "3002 FE52 FF0E FF61"),
    (":", "02D0 02F8 2982 A789 FE13 FF1A"),
    (";", "204F FE14 FE54 FF1B"),
    ("<", "2039 FE64 FF1C"),
    ("=", "0347 A78A FE66 FF1D"),
    (">", "203A FE65 FF1E"),
    ("^", "02C6 0302 1DCD FF3E"),
    ("~", "02DC 02F7 0303 0330 0334 223C FF5E"),
    ("{", "2774 FE5B FF5B"),
    ("}", "2775 FE5C FF5D"),
    ("[", "FF3B"),
    ("]", "FF3D"),
    ("  ", "0080 008D 0090 009B 009F 00A0 2000 2002-200A 202F 205F 3000"),
    (" ", "2001 2028 2029"),
    ("       ", "0009"),
    ("...", "2026"),
    ("", "0000 0003 0004 0010-0014 0017 0019 200B 200C 2060 FEFF"),
)
# Full-width digits and capitals stand in order; the small capitals are listed one by one.
_FULL_WIDTH: tuple[tuple[str, int], ...] = (
    ("0123456789", 0xFF10),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0xFF21),
)
_SMALL_CAPITALS = (
    "A1D00 B0299 C1D04 D1D05 E1D07 FA730 G0262 H029C I026A J1D0A K1D0B L029F "
    "M1D0D N0274 O1D0F P1D18 R0280 SA731 T1D1B U1D1C V1D20 W1D21 Y028F Z1D22"
)


def _expand(code_points: str) -> Iterator[str]:
    for item in code_points.split():
        first, _, last = item.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


def _build_map() -> dict[str, str]:
    built = {character: plain for plain, points in _ROWS for character in _expand(points)}
    for plain_run, start in _FULL_WIDTH:
        built |= {chr(start + offset): plain for offset, plain in enumerate(plain_run)}
    return built | {chr(int(item[1:], 16)): item[0] for item in _SMALL_CAPITALS.split()}


SMART_ENCODING: Mapping[str, str] = MappingProxyType(_build_map())

_AS_CARRIER = str.maketrans(dict(SMART_ENCODING))
# A blank stays one blank: two, or seven for a tab, would only cost more and look odd.
_SINGLE_SPACED = str.maketrans(
    {
        character: plain if plain.strip(" ") or not plain else " "
        for character, plain in SMART_ENCODING.items()
    }
)


def smart_encode(text: str) -> str:
    """Replace typographic characters exactly as Twilio's calculator does.

    Use it to recognise our own text in what a provider lists. To prepare a text for sending use
    `domain.segments.normalise`, which also repairs what this map leaves out or worsens.

    Args:
        text: Any Unicode.

    Returns:
        The text with each of the 271 known characters replaced; it may still need UCS-2.
    """
    return text.translate(_AS_CARRIER)


def smart_encode_single_spaced(text: str) -> str:
    """Do the same as `smart_encode`, but put one blank for every kind of blank."""
    return text.translate(_SINGLE_SPACED)
