"""Numbers written out, where they measure something: "thirty days", "veinte por ciento"."""

import re

_TABLE = """
1 one un uno una une ein eine einen einem einer um uma
2 two dos deux zwei dois duas
3 three tres trois drei
4 four cuatro quatre vier quatro
5 five cinco cinq funf
6 six seis sechs
7 seven siete sept sieben sete
8 eight ocho huit acht oito
9 nine nueve neuf neun nove
10 ten diez dix zehn dez
11 eleven once onze elf
12 twelve doce douze zwolf doze
13 thirteen trece treize dreizehn treze
14 fourteen catorce quatorze vierzehn
15 fifteen quince quinze funfzehn
16 sixteen dieciseis seize sechzehn dezesseis
17 seventeen diecisiete siebzehn dezessete
18 eighteen dieciocho achtzehn dezoito
19 nineteen diecinueve neunzehn dezenove
20 twenty veinte vingt zwanzig vinte
24 veinticuatro vierundzwanzig
25 veinticinco funfundzwanzig
30 thirty treinta trente dreissig trinta
40 forty cuarenta quarante vierzig quarenta
45 funfundvierzig
48 achtundvierzig
50 fifty cincuenta cinquante funfzig cinquenta
60 sixty sesenta soixante sechzig sessenta
70 seventy setenta siebzig
80 eighty ochenta achtzig oitenta
90 ninety noventa neunzig
100 hundred cien cent hundert cem
"""
_VALUES = {
    word: int(row.split()[0])
    for row in _TABLE.strip().splitlines()
    for word in row.split()[1:]
}  # fmt: skip

_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
_MEASURED = (
    r"(?:business|working|calendar|full|more|us|jours?|dias?|days?|day|weeks?|months?|years?|hours?"
    r"|hrs?|minutes?|mins?|horas?|semanas?|mes(?:es)?|anos?|heures?|semaines?|mois|ans?|tagen?|tage?"
    r"|wochen?|monaten?|monate?|stunden?|jahren?|jahre?|percent|per cent|pct|%|por ciento|por cento"
    r"|pour ?cent|prozent|dollars?|bucks|euros?|pounds?|cents?|dolares)\b"
)
_WRITTEN = re.compile(
    rf"\b((?:a )?(?:{_WORD})(?:(?:[ -]|[ -]and[ -])(?:{_WORD}))*)(?=[ -]+{_MEASURED})"
)
_COUPLE = re.compile(r"\b(?:a )?couple of(?= )")


def with_digits(folded: str) -> str:
    """Return a folded text in which numbers that measure something are digits.

    "that one" stays as it is: only a number before a unit, a percentage or a currency is read.
    """
    return _WRITTEN.sub(lambda m: str(_value(m.group(1))), _COUPLE.sub("2", folded))


def _value(words: str) -> int:
    total = 0
    for word in re.split(r"[ -]", words):
        number = _VALUES.get(word, 0)
        total = max(total, 1) * number if number == 100 else total + number
    return total
