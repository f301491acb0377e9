"""Answers about parts of the law are kept by what is asked about, not by what it equals, and never beyond a bound."""

from __future__ import annotations

from landrules.engine.kept import Kept


def test_an_answer_is_worked_out_once_for_each_thing_and_each_question() -> None:
    heard: list[tuple[list[int], int]] = []

    def work_out(about: list[int], more: int) -> int:
        heard.append((about, more))
        return sum(about) + more

    kept: Kept[list[int], int] = Kept(work_out)
    one, twin = [1, 2], [1, 2]
    assert [kept(one, 1), kept(one, 1), kept(one, 2), kept(twin, 1)] == [4, 4, 5, 4]
    assert [(id(about), more) for about, more in heard] == [(id(one), 1), (id(one), 2), (id(twin), 1)]


def test_things_of_the_past_never_lend_their_answers() -> None:
    kept: Kept[list[int], int] = Kept(sum, most=3)
    assert [kept([n]) for n in range(50)] == list(range(50))


def test_beyond_the_bound_all_answers_are_let_go_of() -> None:
    again: list[int] = []

    def work_out(about: str) -> int:
        again.append(1)
        return len(about)

    kept: Kept[str, int] = Kept(work_out, most=2)
    a, b, c = "a", "bb", "ccc"
    assert [kept(x) for x in (a, b, a, c, a)] == [1, 2, 1, 3, 1]
    assert len(again) == 4
