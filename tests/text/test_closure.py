"""Everything that would betray a match leaves with it, and nothing else does."""

from __future__ import annotations

import pytest

from reticent.text.buffer import Buffer, Place
from reticent.text.cells import Cell, Hull, Match, Unit
from reticent.text.closure import close, widen

T, D, S, J, M, L, X = Unit.TEXT, Unit.DELETE, Unit.STEP, Unit.JUMP, Unit.MODIFIER, Unit.LOCK, Unit.OTHER
SECOND_US = 1_000_000


class Field(Buffer):
    """A buffer in which every stroke is undecided, a second from one to the next."""

    def __init__(self) -> None:
        super().__init__(Place("notes", "n", "1"), "text")
        self.open_from = 0

    def unit(self, kind: int = T) -> Unit:
        """The next stroke."""
        at = len(self.open_units)
        self.open_units.append(Unit(self, kind, at, at * SECOND_US))
        return self.open_units[-1]

    def write(self, text: str) -> list[Cell]:
        """Type a text."""
        return [self.type(character, self.unit()) for character in text]

    @property
    def hulls(self) -> str:
        """A letter for each stroke: the first of its hull's category, or a dot where it is kept."""
        return "".join("." if unit.hull is None else unit.hull.category[0] for unit in self.open_units)


class Zone(Field):
    """A field whose text has left, the last character of it redacted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.write(text)[-1].unit.hull = Hull("contact")
        self.open_from = len(text)
        self.open_units.clear()


def match(*cells: Cell, category: str = "credential") -> Match:
    """A match of these cells."""
    return Match("kind", category, cells, "")  # type: ignore[arg-type]


def closed(kinds: list[int], *groups: list[int], served: tuple[int, int] | None = None) -> str:
    """Hulls among strokes of these kinds, where each group holds the places of the strokes of one match."""
    field = Field()
    units = [field.unit(kind) for kind in kinds]
    if served is not None:
        units[served[0]].served = [units[served[1]]]
    close([match(*(Cell("x", units[at]) for at in group)) for group in groups], field)
    return field.hulls


# -- hulls -----------------------------------------------------------------------------------------------------------


def test_runs_of_a_match_are_joined_over_eight_foreign_characters() -> None:
    """Not over nine: they are text of their own."""
    for between, expected in ((8, "c" * 10), (9, "c" + "." * 9 + "c")):
        assert closed([T] * (between + 2), [0, between + 1]) == expected


def test_only_text_counts_as_foreign() -> None:
    """Deletions and other strokes between two strokes of a match go with it."""
    assert closed([T] + [D] * 20 + [T], [0, 21]) == "c" * 22


def test_separate_matches_stay_separate() -> None:
    """Clean words between two secrets are kept."""
    assert closed([T] * 7, [0, 1], [5, 6]) == "cc...cc"
    field = Field()
    cells = field.write("abc")
    close([match(cells[0]), match(cells[2])], field)
    assert field.open_units[0].hull is not field.open_units[2].hull


def test_matches_that_overlap_are_one_hull_of_the_gravest_category() -> None:
    """Credentials before money before identity before contacts, and what is not known last."""
    field = Field()
    cells = field.write("abcdef")
    close([match(*cells[1:4], category="contact"), match(*cells[3:5]), match(*cells[2:3], category="financial")], field)
    assert field.hulls == ".cccc."
    assert field.open_units[1].hull is field.open_units[4].hull
    assert field.open_units[1].hull == field.open_units[3].hull
    assert field.open_units[4].hull is not None
    assert field.open_units[4].hull.category == "credential"


def test_a_match_in_two_targets_has_a_hull_in_each() -> None:
    """Each with its own strokes."""
    one, two = Field(), Field()
    close([match(*one.write("ab"), *two.write("cd"))], one)
    assert (one.hulls, two.hulls) == ("cc", "cc")
    assert one.open_units[0].hull is not two.open_units[0].hull


def test_strokes_that_killed_or_crossed_a_cell_go_with_it() -> None:
    """Each would tell that something was there."""
    field = Field()
    cells = field.write("ab")
    field.step(field.unit(S), left=True, selecting=False)
    field.delete_backward(field.unit(D))
    field.write("c")
    close([match(cells[0])], field)
    assert field.hulls == "cccc."


# -- edges -----------------------------------------------------------------------------------------------------------


def test_navigation_beside_a_hull_goes_with_it() -> None:
    """It would tell that something was mended."""
    assert closed([T, S, J, T, S, S, J, T], [3]) == ".cccccc."


def test_deletions_and_other_keys_beside_a_hull_stay() -> None:
    """They belong to what is kept, or they would have been in it."""
    assert closed([D, T, X], [1]) == ".c."


def test_a_modifier_goes_when_it_served_nothing_that_is_kept() -> None:
    """Shift around a capital letter tells of the letter."""
    assert closed([T, M, T, T], [2], served=(1, 2)) == ".cc."
    assert closed([T, M, T, T], [2]) == ".cc."


def test_a_modifier_that_serves_kept_text_stays() -> None:
    """Even inside a hull."""
    assert closed([T, T, M, T, T], [1, 3], served=(2, 4)) == ".c.c."


def test_locks_go_in_pairs() -> None:
    """Of an odd number the last stays, for text behind the hull depends on it."""
    assert closed([T, L, T, L, T], [0, 2, 4]) == "ccccc"
    assert closed([T, L, T], [0, 2]) == "c.c"
    assert closed([T, L, T, L, T, L, T], [2, 4]) == ".cccc.."
    assert closed([L, T, T, L], [1, 2]) == "cccc"
    assert closed([L, L, T, L], [2]) == "ccc."


# -- what belongs to a match -----------------------------------------------------------------------------------------


def test_abandoned_attempts_beside_a_match_are_ghosts_of_it() -> None:
    """They go with it."""
    field = Field()
    field.write("hunt")
    for _ in range(4):
        field.delete_backward(field.unit(D))
    cells = field.write("hunter2")
    close(widen([match(*cells)]), field)
    assert field.hulls == "c" * 15


def test_what_was_deleted_long_before_is_no_ghost() -> None:
    """Within a minute it is, however far the caret went."""
    for pause, expected in ((30, "cccccc"), (70, "....cc")):
        field = Field()
        field.write("ab")
        for _ in range(2):
            field.delete_backward(field.unit(D))
        cells = field.write("xy")
        for cell in cells:
            cell.unit.time_us += pause * SECOND_US
        close(widen([match(*cells)]), field)
        assert field.hulls == expected


def test_what_was_decided_is_no_ghost() -> None:
    """It has left."""
    field = Field()
    field.write("ab")
    for _ in range(2):
        field.delete_backward(field.unit(D))
    cells = field.write("xy")
    field.open_from = 4
    (widened,) = widen([match(*cells)])
    assert widened.cells == tuple(cells)


def rewritten(*attempts: str, label: str, secret: str, pause_us: int = 0) -> str:
    """The hulls, where each attempt is typed and taken back, and then the label and the secret are."""
    field = Field()
    for attempt in attempts:
        field.write(attempt)
        for _ in attempt:
            field.delete_backward(field.unit(D))
    field.write(label)
    cells = field.write(secret)
    for cell in cells:
        cell.unit.time_us += pause_us
    close(widen([match(*cells)]), field)
    return field.hulls


@pytest.mark.parametrize(
    ("attempt", "hulls"),
    [
        ("tn=pl", "...cccc..."),  # a wrong key
        ("en=pl", "...cccc..."),  # one was left out
        ("tten=p", ".....cc....."),  # one too many
        ("tn=PX", "...cccc..."),
        ("tn=qr", ".........."),
        ("tn=", "......"),
    ],
)
def test_a_secret_begun_behind_a_label_that_was_mended_goes_too(attempt: str, hulls: str) -> None:
    """As far behind the mended place as it stands now, or a character to the side; what else was taken back stays."""
    assert rewritten(attempt, label="ten=", secret="plZJDn") == f"{hulls}....cccccc"


def test_each_attempt_at_a_label_counts() -> None:
    """Two of them, and only within a minute."""
    attempts = ("tn=p", "tem=p")
    assert rewritten(*attempts, label="ten=", secret="plZJDn") == "...cc.......cc........cccccc"
    assert rewritten(*attempts, label="ten=", secret="plZJDn", pause_us=90 * SECOND_US) == "." * 22 + "cccccc"


def test_a_line_above_is_no_attempt() -> None:
    """What was taken back before a line end was not the label of this line."""
    assert rewritten("tn=p", label="te\nn=", secret="plZJDn") == "." * 13 + "cccccc"


def test_live_text_beside_a_match_is_kept() -> None:
    """Ghosts end at the first character that stands."""
    field = Field()
    field.write("ab")
    field.delete_backward(field.unit(D))
    field.write("c ")
    cells = field.write("xy")
    close(widen([match(*cells)]), field)
    assert field.hulls == ".....cc"


def test_what_a_cell_was_copied_from_is_a_match_of_its_own() -> None:
    """Over any number of copies; what lies between is kept."""
    field = Field()
    originals = field.write("ab")
    field.write("some other words")
    copies = field.insert_copies(originals, field.unit())
    field.write(".")
    again = field.insert_copies(copies, field.unit())
    widened = widen([match(*again)])
    assert [set(each.cells) for each in widened] == [set(again), {*originals, *copies}]
    close(widened, field)
    assert field.hulls == "cc" + "." * 16 + "c.c"


def test_what_was_decided_stays_as_it_is() -> None:
    """Its strokes have left."""
    field = Field()
    cells = field.write("abcd")
    field.open_from = 2
    del field.open_units[:2]
    close([match(*cells)], field)
    assert field.hulls == "cc"
    assert cells[0].unit.hull is None


def test_scrubbed_text_needs_no_hull() -> None:
    """It is scrubbed further on; typed text that combines with it is hidden all the same."""
    field = Field()
    pasted = field.insert("hunter2", field.unit())
    pasted[0].unit.scrubbed = True
    close([match(*pasted)], field)
    assert field.hulls == "."
    close([match(*pasted, *field.write("x"))], field)
    assert field.hulls == "cc"


# -- what was redacted before ----------------------------------------------------------------------------------------


def test_strokes_in_the_zone_need_no_match() -> None:
    """They hit what has left as redacted."""
    field = Field()
    field.write("a")
    stroke = field.unit(D)
    stroke.zone = "contact"
    field.write("b")
    close([], field)
    assert field.hulls == ".c."


def test_strokes_over_what_has_left_are_in_the_zone() -> None:
    """Whether they kill or cross it, whenever they come; of others nothing is said."""
    for act in (
        lambda field, unit: field.delete_backward(unit),
        lambda field, unit: field.step(unit, left=True, selecting=False),
    ):
        field = Zone("ab")
        strokes = [field.unit(D), field.unit(D)]
        for stroke in strokes:
            act(field, stroke)
        assert [stroke.zone for stroke in strokes] == ["contact", None]


def test_strokes_that_may_have_hit_what_has_left_are_in_the_zone() -> None:
    """Where the caret is lost nobody knows what they hit."""
    field = Zone("ab")
    field.zone = "contact"
    field.lose_caret()
    stroke = field.unit(D)
    field.delete_backward(stroke)
    assert stroke.zone == "contact"


def test_the_hull_knows_its_last_press() -> None:
    """With its edges: whatever else arrives before is hidden, too."""
    field = Field()
    cells = field.write("ab")
    field.unit(S)
    close([match(*cells)], field)
    hull = field.open_units[0].hull
    assert isinstance(hull, Hull)
    assert hull.stop == 2
