"""Makes ``src/reticent/detect/given_names.txt``: first names of many countries that are no English words.

Arguments: the small word list of SCOWL (``american-english-small`` of Debian's wamerican-small 2020.12.07: names that
are words are left out, unless hardly anything else is meant by them), then the folders of the PyPI packages ``names``
0.3.0 (US Census of 1990, public domain) and ``Faker`` 40.54.0 (MIT; every locale in Latin letters but ``en`` and
``en_US``, from which the corpus of kiji was made)::

    python tools/make_given_names.py american-english-small site-packages/names site-packages/faker
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

from reticent.detect.truecase import is_ordinary
from reticent.detect.words import COMMON_WORDS

TARGET = Path(__file__).parents[1] / "src" / "reticent" / "detect" / "given_names.txt"
LEAST_HERE, LEAST_ELSEWHERE = 3, 4
SURNAMES, COMMON_SURNAMES = 1500, 50
"""So many surnames are taken; of those that are among the commonest words, only from so many."""
LATIN = re.compile(r"[a-zà-öø-žǎ-ǜșțə’]+")
LISTS = re.compile(
    r"(?s)(first_(?:names|romanized)\w*)\b[^=\n]*=\s*(?:OrderedDict\()?([({\[].*?^    [)}\]])", re.MULTILINE
)
LEFT_OUT = """
aber alle alles als am ante ara aus avec bien bis bon bonne casa cela cette com como con das dann dass del della deze
dich die dir dit doch dos een eine elle ella ellas ende esta este est et fait für han haar hay hun ich ihr immer ist ja
jede kan kein les lui mais man meer mehr mein mer mit moi nach naar noch notre nous nun och oder oma ook para per plus
pour que quel quoi rat sein sera sia sie sind sol son sono sous sua sur tant toi tous tout tres tua una und une vai van
veel vous wat wer wie wir wird zijn zum zur zu java julia cassandra ada travis django maven alexa siri cortana
jenkins max lan mac val jan von don nan yer mee sha nam
""".split()
"""Frequent words of other languages, and what machines, months and measures are called."""
NAMES_ALL_THE_SAME = """
bob carol chuck derrick harry jack jay ken lee maria martin matt mike nick patty peter ray rosemary sally sue victor
warren
""".split()
"""Words of the dictionary by which somebody is meant nearly always."""

HEAD = """\
# First names, lower-case, that are no ordinary English words; below the line "surnames", frequent surnames that are.
# Made by tools/make_given_names.py from the US Census of 1990 (public domain) and from Faker, Copyright (c) 2012
# Daniele Faraglia. Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
# associated documentation files (the "Software"), to deal in the Software without restriction, including without
# limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
# Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions: The
# above copyright notice and this permission notice shall be included in all copies or substantial portions of the
# Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
# LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL
# THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
# CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
# THE SOFTWARE.
"""


def census(path: Path) -> list[str]:
    return [line.split()[0].lower() for line in path.read_text(encoding="ascii").splitlines()]


def lower_words(path: Path) -> set[str]:
    return {word for word in path.read_text(encoding="utf-8").split() if word.islower() and word.isalpha()}


def elsewhere(faker: Path) -> set[str]:
    """The names in the source of the providers: nothing is imported."""
    found: set[str] = set()
    for path in (faker / "providers" / "person").glob("*_*/__init__.py"):
        if path.parent.name != "en_US":
            for match in LISTS.finditer(path.read_text(encoding="utf-8")):
                found |= {name.lower() for name in re.findall(r"[\"']([^\"'\n]+)[\"']", match[2])}
    return {name for name in found if len(name) >= LEAST_ELSEWHERE and LATIN.fullmatch(name)}


def main(small: str, names: str, faker: str) -> None:
    here = {*census(Path(names, "dist.male.first")), *census(Path(names, "dist.female.first"))}
    given = {name for name in here if len(name) >= LEAST_HERE} | elsewhere(Path(faker))
    given = {name for name in given if not is_ordinary(name) and name not in COMMON_WORDS} - {*LEFT_OUT}
    given -= lower_words(Path(small)) - {*NAMES_ALL_THE_SAME}
    ranked = census(Path(names, "dist.all.last"))[:SURNAMES]
    surnames = {name for name in ranked if is_ordinary(name)} - COMMON_WORDS | {*ranked[:COMMON_SURNAMES]} - given
    blocks = (textwrap.fill(" ".join(sorted(block)), 120, break_on_hyphens=False) for block in (given, surnames))
    TARGET.write_text(HEAD + "\n--- surnames\n".join(blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
