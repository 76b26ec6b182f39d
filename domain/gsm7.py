"""The alphabet an SMS can carry in seven bits, and what each character costs.

Source: 3GPP TS 23.038, section 6.2.1 (default table) and 6.2.1.1 (extension table).
"""

# Index 0x00 to 0x7F, sixteen to a row. 0x1B is missing: ESC announces an extension, it is no text.
_BASIC_ROWS = (
    "@£$¥èéùìòÇ\nØø\rÅå",
    "Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ",
    " !\"#¤%&'()*+,-./",
    "0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNO",
    "PQRSTUVWXYZÄÖÑÜ§",
    "¿abcdefghijklmno",
    "pqrstuvwxyzäöñüà",
)
BASIC = frozenset("".join(_BASIC_ROWS))
EXTENSION = frozenset("\f^{}\\[~]|€")
ALPHABET = BASIC | EXTENSION


def is_gsm7(text: str) -> bool:
    """Say whether every character of a text can be sent in seven bits.

    Args:
        text: Any Unicode, lone surrogates included.

    Returns:
        True when no character lies outside the basic and extension tables; also for an empty text.
    """
    return ALPHABET.issuperset(text)


def count_septets(text: str) -> int:
    """Count what a seven-bit text costs.

    Args:
        text: A text for which `is_gsm7` holds.

    Returns:
        Septets: 1 for each basic character, 2 (ESC and a code) for each extension character.
    """
    return len(text) + sum(character in EXTENSION for character in text)
