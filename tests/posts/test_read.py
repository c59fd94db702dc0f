from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.core.errors import PostError
from crawler.core.model import Post
from crawler.posts.content import Unreadable
from crawler.posts.front_matter import MAX_FRONT_MATTER
from crawler.posts.read import parsed, read_post
from crawler.posts.strict import MAX_FIELDS, Fields, strict

FIXTURES = Path(__file__).parent / "fixtures_read"


def post(data: bytes | str) -> Post:
    found = parsed(data.encode() if isinstance(data, str) else data, "a.md")
    assert isinstance(found, Post), found
    return found


def why_not(data: bytes) -> str:
    found = parsed(data, "a.md")
    assert isinstance(found, Unreadable), found
    assert found.path == "a.md"
    return found.reason


def test_a_feed_era_post_is_read_field_by_field_as_it_stands() -> None:
    path = FIXTURES / "feed-era.md"
    found = read_post(path)
    assert found.fields == (
        ("layout", "post"),
        ("title", "河畔小镇的图书馆重新开门"),
        ("date", "2024-07-26T19:35:21.442Z"),
        ("author", "小镇通讯"),
        ("from", "https://news.example.org/mandarin/wenhua/library-07262024113840.html"),
        ("tags", ("小镇通讯",)),
        ("comments", True),
        ("categories", ("小镇通讯",)),
    )
    assert found.body.startswith("<!--NaN-->\n[河畔小镇")
    assert found.body.endswith("</div>\n")
    assert found.source == path.read_bytes()
    assert found.path == str(path)
    assert found.warnings == ()


def test_a_scrape_era_post_keeps_entities_escapes_and_dashes() -> None:
    found = read_post(FIXTURES / "scrape-era.md")
    assert found.get("title") == "How to mend a kettle &#38; other &quot;small&quot; things - The Workshop"
    assert found.get("author") == "Ann Example, Ben Sample &#38; more"
    assert found.get("from") == "https://workshop.example.org/%e6%b0%b4%e5%a3%b6/%25E6%25B0%25B4?source=rss"
    assert found.get("tags") == ("Workshop", "水壶")
    assert found.body.startswith("\n<section")
    assert "</section>\n---\n<p>" in found.body
    assert found.warnings == ()


def test_a_broken_post_is_read_with_a_warning_that_says_what_was_mended() -> None:
    found = read_post(FIXTURES / "broken.md")
    assert found.get("title") == '他说"水壶"在 C:\\新\\temp'
    assert found.get("date") == "2015-01-05"
    assert found.get("author") == "Workshop: Ann @ Example"
    assert found.get("from") == "https://workshop.example.org/kettle: part 2?a=[1]"
    assert found.get("tags") == ("C++: a primer", "@home", "水壶")
    assert found.get("categories") == ("*Workshop", "tools")
    assert found.body == "<p>Body.</p>\n"
    assert len(found.warnings) == 1
    assert "front matter is not YAML (line 3: " in found.warnings[0]
    assert "kept as text: title, author, from, tags, categories, passed over: line 11" in found.warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        *("2024-07-26T19:35:21.442Z", "2014-03-10T11:24:20+01:00", "2014-03-10T11:24:20Z", "2015-01-05", "0o17", "017"),
        *("1e3", "0x1f", "1_000", ".inf", "12:30:45", "null", "~", "yes", "no", "on", "off", "9" * 5_000, "<!--NaN-->"),
        *("https://example.org/?a=b&c=%E4#d", "C++", "a#b", "=", "<<", "-1", "1.0"),
    ],
)
def test_a_plain_scalar_is_the_text_that_stands_there(text: str) -> None:
    found = post(f"---\nvalue: {text}\nlist: [ {text} ]\n---\n")
    assert found.fields == (("value", text), ("list", (text,)))
    assert found.warnings == ()


@pytest.mark.parametrize(("text", "value"), [("true", True), ("True", True), ("TRUE", True), ("False", False)])
def test_true_and_false_are_booleans_unless_quoted(text: str, value: bool) -> None:
    found = post(f'---\na: {text}\nb: "{text}"\nc: [ {text} ]\n---\n')
    assert found.fields == (("a", value), ("b", text), ("c", (text,)))
    assert type(found.get("a")) is bool


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('""', ""),
        ("", ""),
        ("[]", ()),
        ("[ a, 'b, c', \"d\" ]", ("a", "b, c", "d")),
        ("\n- a\n-   b", ("a", "b")),
        ("|\n  one\n  two", "one\ntwo\n"),
        (">-\n  one\n  two", "one two"),
        ("'it''s'", "it's"),
        (r'"\"水\\壶\" \u6c34"', '"水\\壶" 水'),
        ('"one\ntwo"', "one two"),
    ],
)
def test_yaml_means_what_yaml_says(text: str, value: str | tuple[str, ...]) -> None:
    found = post(f"---\nvalue: {text}\nnext: x\n---\n")
    assert found.fields == (("value", value), ("next", "x"))
    assert found.warnings == ()


def test_crlf_is_read_and_kept() -> None:
    data = b"---\r\ntitle: a\r\nfrom: https://example.org/\r\ntags:\r\n- b\r\n---\r\nbody\r\n---\r\nmore\r\n"
    found = post(data)
    assert found.fields == (("title", "a"), ("from", "https://example.org/"), ("tags", ("b",)))
    assert found.body == "body\r\n---\r\nmore\r\n"
    assert found.source == data
    assert found.warnings == ()


def test_a_byte_order_mark_is_passed_over_and_kept() -> None:
    data = b"\xef\xbb\xbf---\ntitle: a\n---\nbody"
    found = post(data)
    assert (found.fields, found.body, found.source) == ((("title", "a"),), "body", data)
    assert found.warnings == ("begins with a byte order mark; passed over",)


def test_jekylls_other_closing_line_and_blanks_close_front_matter() -> None:
    assert post("---  \ntitle: a\n... \nbody").body == "body"
    assert post("---\ntitle: a\n---").body == ""
    assert post("---\ntitle: a\n ---\n--- \t\nbody").body == "body"
    assert post("---\n---\nbody") == Post("a.md", (), "body", b"---\n---\nbody")


def test_longer_dashes_close_nothing() -> None:
    found = post("---\ntitle: |\n  a\n#----\n---\n------\nbody")
    assert found.body == "------\nbody"


def test_invalid_utf8_is_marked_and_named_and_the_bytes_are_kept() -> None:
    data = b"---\ntitle: \xcb\xcb\nfrom: https://example.org/a\n---\nbody \xff"
    found = post(data)
    assert found.get("title") == "\ufffd\ufffd"
    assert found.get("from") == "https://example.org/a"
    assert found.body == "body \ufffd"
    assert found.source == data
    assert found.warnings == (
        "front matter is not UTF-8 from its byte 7 on; what cannot be read is U+FFFD",
        "body is not UTF-8 from its byte 5 on; what cannot be read is U+FFFD",
    )


def test_unclosed_front_matter_ends_before_the_first_line_that_is_no_field() -> None:
    found = post("---\ntitle: a\n标签:\n- b\n  c\n# note\nfrom: https://example.org/\n<!--NaN-->\n[a](b)\nx: y\n")
    assert found.fields == (("title", "a"), ("标签", ("b c",)), ("from", "https://example.org/"))
    assert found.body == "<!--NaN-->\n[a](b)\nx: y\n"
    assert found.warnings == (
        "front matter is not closed by a line `---`; it ends before the first line that is no field",
    )
    assert post("---\r\ntitle: a\r\n\r\nx: y\r\n").body == "\r\nx: y\r\n"


def test_front_matter_longer_than_the_limit_is_not_closed() -> None:
    filler = "x: |\n" + "  y\n" * (MAX_FRONT_MATTER // 4)
    found = post(f"---\nfrom: https://example.org/\n{filler}---\nbody")
    assert found.get("from") == "https://example.org/"
    assert "not closed" in found.warnings[0]
    assert post(f"---\nfrom: https://example.org/\n{filler[:-200]}---\nbody").warnings == ()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary or UTF-16"),
        ("---\ntitle: 水\n---\n".encode("utf-16"), "binary or UTF-16"),
        (b"<p>text</p>", "no front matter: a post begins with"),
        (b"\n---\ntitle: a\n---\n", "no front matter: a post begins with"),
        (b"---", "no front matter: a post begins with"),
        (b"------\ntitle: a\n---\n", "no front matter: a post begins with"),
        (b"---\n", "nothing closes it"),
        (b"---\njust a text\n", "nothing closes it"),
    ],
)
def test_what_is_no_post_is_named_with_the_reason(data: bytes, says: str) -> None:
    assert says in why_not(data)


def test_duplicate_fields_stay_and_the_first_counts() -> None:
    found = post("---\nfrom: a\nfrom: b\n---\n")
    assert found.fields == (("from", "a"), ("from", "b"))
    assert found.get("from") == "a"
    assert found.warnings == ("from: stands 2 times, the first counts",)


def test_an_alias_bomb_is_text() -> None:
    lines = ["a0: &a0 [ x, x ]", *(f"a{n}: &a{n} [ *a{n - 1}, *a{n - 1} ]" for n in range(1, 60))]
    found = post("---\nfrom: https://example.org/\n" + "\n".join(lines) + "\n---\n")
    assert found.get("from") == "https://example.org/"
    assert found.get("a59") == "&a59 [ *a58, *a58 ]"
    assert "(line 4: an alias; aliases are not followed)" in found.warnings[0]
    assert "and 49 more" in found.warnings[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!!python/object/apply:os.system [ 'false' ]", ("false",)),
        ("&anchor [ a, !!x b ]", ("a", "!!x b")),
        ("!x |\n  one", "!x |\n  one"),
        *(
            (text, text)
            for text in ("!!python/name:os.system ''", "!!binary aGk=", "!local x", "&anchor x", "!!bool true")
        ),
    ],
)
def test_tags_and_anchors_are_not_followed(text: str, value: str | tuple[str, ...]) -> None:
    found = post(f"---\na: {text}\nb: c\n---\n")
    assert found.fields == (("a", value), ("b", "c"))
    assert found.warnings == ("a: a tag or anchor, not followed",)


def test_nested_values_are_their_text() -> None:
    text = "---\nimage:\n  path: /水.png\n  alt: [ b ]\n# note\nblock:\n  a: |\n    b\nlist: [ {a: b}, c, [d, e] ]\nnext: x\n---\n"
    found = post(text)
    assert found.get("image") == "path: /水.png\n  alt: [ b ]"
    assert found.get("block") == "a: |\n    b"
    assert found.get("list") == ("{a: b}", "c", "[d, e]")
    assert found.get("next") == "x"
    assert found.warnings == tuple(f"{name}: a nested value, kept as its text" for name in ("image", "block", "list"))


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 60_000, "[" * 10 + "]" * 10])
def test_deep_nesting_is_text(text: str) -> None:
    found = post(f"---\nfrom: https://example.org/\na: {text}\n---\n")
    assert found.get("from") == "https://example.org/"
    assert "nest" in found.warnings[0]  # our words, or libyaml's own: from 0.2.6 it may be the first to refuse


def test_nesting_within_the_limit_is_yaml() -> None:
    found = post("---\na: " + "[" * 9 + "x" + "]" * 9 + "\n---\n")
    assert found.get("a") == ("[[[[[[[[x]]]]]]]]",)
    assert found.warnings == ("a: a nested value, kept as its text",)


def test_front_matter_that_is_no_mapping_has_no_fields() -> None:
    for text in ("just a text", "- a\n- b", "%YAML 1.1", "? [ a ]\n: b", "\0", "--- a: b"):
        found = post(f"---\n{text}\n---\nbody")
        assert (found.fields, found.body) == ((), "body")
        assert "not YAML" in found.warnings[0]


def test_a_name_that_is_no_short_printable_text_is_no_name() -> None:
    for name in ('"\\e[31m"', "? " + "x" * 81 + "\n", '"a\\nb"'):
        found = post(f"---\nfrom: https://example.org/\n{name}: b\n---\n")
        assert found.get("from") == "https://example.org/"
        assert "a field's name is no short text" in found.warnings[0]
        assert all(warning.isprintable() for warning in found.warnings)


def test_a_name_of_80_characters_is_one() -> None:
    found = post(f"---\n{'x' * 80}: b\n---\n")
    assert (found.fields, found.warnings) == ((("x" * 80, "b"),), ())


def test_fields_beyond_the_limit_are_passed_over() -> None:
    found = post("---\n" + "".join(f"a{n}: b\n" for n in range(MAX_FIELDS + 5)) + "---\n")
    assert len(found.fields) == MAX_FIELDS
    assert f"more than {MAX_FIELDS} fields" in found.warnings[0]
    assert "passed over: line 202, " in found.warnings[0]
    assert post("---\n" + "".join(f"a{n}: b\n" for n in range(MAX_FIELDS)) + "---\n").warnings == ()


# Text and bytes that look like front matter, whole or broken.
VISIBLE = """--- ... : - title from tags 水 [ ] { } , " ' \\ \\" '' | > &a *a !!x # % @ `"""
PIECES = st.sampled_from(
    [*VISIBLE.split(), "\n", "\r\n", "\r", " ", "\t", ": ", "- ", "? ", "\0", "\x85", "\u2028", "\ufeff"]
)
BYTES = st.one_of(
    st.binary(max_size=200),
    st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode()),
    st.lists(st.one_of(PIECES.map(str.encode), st.binary(max_size=3)), max_size=30).map(b"".join),
)


@given(BYTES, BYTES)
@example(b"a: b", b"")
def test_no_bytes_break_the_reader(front: bytes, rest: bytes) -> None:
    for data in (front, b"---\n" + front, b"---\n" + front + b"\n---\n" + rest, front + b"---\n" + rest):
        found = parsed(data, "a.md")
        assert isinstance(found, Unreadable) or found.source == data


@given(BYTES)
def test_what_follows_the_closing_line_is_the_body(rest: bytes) -> None:
    found = post(b"---\ntitle: a\n---\n" + rest)
    assert found.fields == (("title", "a"),)
    assert found.body == rest.decode("utf-8", "replace")


NAMES = st.text("abcdefgh", min_size=1, max_size=8)
SCALARS = st.text(max_size=20)


@given(st.dictionaries(NAMES, SCALARS | st.lists(SCALARS, max_size=4), max_size=6), st.sampled_from([None, '"', "'"]))
def test_what_another_writer_wrote_is_what_is_read(values: dict[str, str | list[str]], style: str | None) -> None:
    text = yaml.dump(values, Dumper=yaml.SafeDumper, sort_keys=False, default_style=style, allow_unicode=True)
    theirs = yaml.load(text, Loader=yaml.BaseLoader) or {}
    found = strict(text)
    assert isinstance(found, Fields)
    assert dict(found.values) == {name: tuple(v) if isinstance(v, list) else v for name, v in theirs.items()}


def test_read_post_raises_with_file_reason_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m.md"
    path.write_bytes(b"")
    with pytest.raises(PostError) as caught:
        read_post(path)
    assert (
        str(caught.value)
        == f"{tmp_path}/a\\x1b[31m.md: empty; delete it, or write front matter between two `---` lines"
    )
