"""Slips of the hand: letters missed, doubled, swapped or beside the right key, and the wrong layout."""

from __future__ import annotations

LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.\\"
CYRILLIC = "'йцукенгшщзхїфівапролджєячсмитьбюґ"
TO_CYRILLIC = str.maketrans(LATIN, CYRILLIC)
TO_LATIN = str.maketrans(CYRILLIC, LATIN)
LETTERS_FOR_ONE, LETTERS_FOR_TWO = 4, 8


def other_layout(text: str) -> str:
    """What the same keys give on the other layout, QWERTY or the Ukrainian ЙЦУКЕН.

    >>> other_layout("ghbdsn"), other_layout("ьфззштп")
    ('привіт', 'mapping')
    """
    lower = text.casefold()
    return lower.translate(TO_CYRILLIC if any("a" <= c <= "z" for c in lower) else TO_LATIN)


def slips_allowed(word: str) -> int:
    """How many slips a word may hold and still be known: short words mean too many things.

    >>> [slips_allowed(word) for word in ("шлю", "шлюп", "паспортт")]
    [0, 1, 2]
    """
    return (len(word) >= LETTERS_FOR_ONE) + (len(word) >= LETTERS_FOR_TWO)


def slips(typed: str, word: str, most: int) -> int | None:
    """The fewest slips that turn what is typed into the word or its beginning; None for more than `most`.

    A slip: a letter too many, too few, a wrong one, or two neighbours swapped (optimal string alignment).

    >>> slips("пасопрт", "паспорта", 1), slips("паспорт", "шлюб", 2)
    (1, None)
    """
    before: list[int] = []
    row = list(range(min(len(word), len(typed) + most) + 1))
    for i, letter in enumerate(typed, 1):
        two_before, before, row = before, row, [i]
        for j in range(1, len(before)):
            fewest = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != word[j - 1]))
            if i > 1 < j and letter == word[j - 2] and typed[i - 2] == word[j - 1]:
                fewest = min(fewest, two_before[j - 2] + 1)
            row.append(fewest)
        if min(row) > most:
            return None
    return min(row) if min(row) <= most else None
