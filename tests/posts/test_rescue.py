from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.posts.rescue import rescued
from crawler.posts.strict import MAX_FIELDS, NotYaml, strict

BROKEN = "x: *broken"  # an alias: whatever stands beside it goes through the rescue


def value(text: str) -> object:
    fields = rescued(f"{BROKEN}\nvalue: {text}\nnext: y", "a reason").values
    assert fields[0] == ("x", "*broken")
    assert fields[-1] == ("next", "y")
    assert len(fields) == 3
    return fields[1][1]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('"他说"你好"了"', '他说"你好"了'),
        (r'"C:\新\docs"', r"C:\新\docs"),
        (r'"a \"quoted\" path \d"', r'a "quoted" path \d'),
        (r'"ends in a backslash\"', "ends in a backslash\\"),
        ('"never closed', "never closed"),
        ('"Ann" and Ben', '"Ann" and Ben'),
        ("'it's'", "it's"),
        ("'it''s' 'x'", "it's' 'x"),
        ("'Tis: the season", "'Tis: the season"),
        ("Workshop: Ann", "Workshop: Ann"),
        ("文：x: y: z", "文：x: y: z"),
        ("@ann", "@ann"),
        ("`ann`", "`ann`"),
        ("%ann", "%ann"),
        ("*ann*", "*ann*"),
        ("| ann", "| ann"),
        ("&#38; ann", "&#38; ann"),
        ("[Ann] Example", "[Ann] Example"),
        ('"', ""),
        ("'", "'"),
        ("a\u2028b: @c", "a\u2028b: @c"),
        ("https://example.org/a: b", "https://example.org/a: b"),
    ],
)
def test_what_is_no_yaml_is_its_text(text: str, meant: str) -> None:
    assert isinstance(strict(f"value: {text}\nnext: y"), NotYaml)
    assert value(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r'"\u6c34 \"x\""', '水 "x"'),
        ("plain # comment", "plain"),
        ("[ a, 'b, c' ]", ("a", "b, c")),
        ("True", True),
        ("", ""),
        ("|\n  one\n\n  two", "one\n\ntwo"),
        ("\n- a\n# note\n- b", ("a", "b")),
        ("\n  - a", ("a",)),
    ],
)
def test_a_sound_field_beside_a_broken_one_is_yaml(text: str, meant: object) -> None:
    assert value(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[ @home, C++: a, \"b\", 'c', , ]", ("@home", "C++: a", "b", "c")),
        ("\n- @home\n- b", ("@home", "b")),
        ("\n  - @home\n\n  \t\n  -  'b'", ("@home", "b")),
        ("\n  @one\n  two", "@one two"),
        ("\n  [ @one,\n   two ]", ("@one", "two")),
        ("@one  \n  \n  two", "@one two"),
        ("@one\n  two", "@one two"),
        ("@one\n- two", "@one"),
    ],
)
def test_broken_lists_and_lines_that_go_on_are_mended(text: str, meant: object) -> None:
    assert value(text) == meant


def test_the_warning_names_the_reason_the_fields_and_the_lines() -> None:
    found = rescued('title: "a" b\n<!--NaN-->\n[a](https://example.org/)\nauthor: @x\nfrom: y', "a reason")
    (warning,) = found.warnings
    assert warning.startswith("front matter is not YAML (a reason); read line by line, kept as text: title, author, ")
    assert warning.endswith(", passed over: line 3, line 4")
    assert [name for name, _ in found.values] == ["title", "author", "from"]


def test_ten_names_are_named_and_further_ones_counted() -> None:
    (ten,) = rescued("".join(f"a{n}: @x\n" for n in range(10)), "a reason").warnings
    (twelve,) = rescued(" \n" + "".join(f"a{n}: @x\n" for n in range(12)), "a reason").warnings
    assert ten.endswith("a8, a9")
    assert twelve.endswith("a8, a9 and 2 more")


def test_quoted_and_foreign_names_are_names() -> None:
    found = rescued("\"title\" : @a\n'b': @c\n标签: @d\na.b-c_1: @e\na b: c\nhttps://x: y", "a reason")
    assert found.values == (("title", "@a"), ("b", "@c"), ("标签", "@d"), ("a.b-c_1", "@e"))
    assert found.warnings[0].endswith("passed over: line 6, line 7")


def test_line_ends_of_three_systems_end_lines() -> None:
    found = rescued("a: @b\r\nc: d\re: f\n", "a reason")
    assert found.values == (("a", "@b"), ("c", "d"), ("e", "f"))


@given(st.text(st.sampled_from("abc:-\"'[]{},*&!|>%@`#\\ \n\r\t水\x85\u2028\0"), max_size=80))
def test_no_text_breaks_the_rescue(text: str) -> None:
    found = rescued(text, "a reason")
    assert len(found.values) <= MAX_FIELDS
    assert found.warnings[0].startswith("front matter is not YAML (a reason)")


@given(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=60))
def test_a_title_between_bare_quotes_never_takes_the_next_field_with_it(title: str) -> None:
    found = rescued(f'title: "{title}"\nfrom: https://example.org/', "a reason")
    assert found.values[-1] == ("from", "https://example.org/")
    assert [name for name, _ in found.values] == ["title", "from"]
