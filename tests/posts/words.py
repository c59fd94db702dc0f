"""Strings that publishers' YAML readers have stumbled over, and bodies that their template engines would run."""

TITLES = (
    "一条小河", "小河：变清了", "a: b", "a : b", "key:", ":symbol", "- item", "-", "--", "---", "...", "? q", "?", "# none", "a #b", "a#b",
    "[ a, b ]", "{ a: b }", "a, b", "*alias", "&anchor", "!tag", "!!python/object:os.system", "| block", "> folded", "%YAML 1.1",
    "@at", "`tick`", "'single'", "it's", '"double"', 'say "hi"', "back\\slash", "C:\\new\\table", "\\u0041", "end\\", "tab\there",
    "line\nbreak", "cr\rhere", " lead", "trail ", "  ", "yes", "No", "on", "OFF", "y", "n", "true", "False", "null", "~", "NaN", ".nan",
    ".inf", "-.INF", "=", "<<", "1", "-1", "+1", "1.5", "1e3", "1_000", "0o17", "017", "0x1F", "0b1", "12:30:45", "1:20", "190:20:30",
    "2024-07-26", "2024-07-26T19:35:21Z", "2024-07-26 19:35:21 +0800", "1,000", "e5", "Infinity", "None", "undefined", "{{ x }}", "{% x %}",
    "<script>", "&amp;", "a\u0085b", "a\u2028b", "a\u2029b", "\ufeffbom", "a\ufeffb", "a\ufffeb", "a\uffffb", "a\x7fb", "a\x9fb", "a\x00b",
    "a\x1bb", "\ue000", "\U000f0001", "\U0010ffff", "\U0001ffff", "😀 一家", "👨\u200d👩\u200d👧", "e\u0301", "עברית", "\u202eabc", "\u00a0nbsp\u00a0",
    "«guillemets»", "—dash", "“弯引号”", "「直角」", "a" * 2000, "字" * 600, "a: " * 300,
)  # fmt: skip

BODIES = {
    "liquid": "<p>甲 {{ unclosed {% unknown %} {% endraw %} {{ x }} {%- if -%} {{{ 乙</p>",
    "tags": '<p title="{{ x }} {% y" class="{{" data-a="{%">甲{<b>{</b>% {<i>%</i> 乙</p>',
    "hugo": '<p>甲 {{< nope >}} {{% nope %}} {{</* c */>}} {{ partial "x" }} 乙</p>',
    "kramdown": '<p markdown="1">甲 *不斜* {::options parse_block_html="true" /} {: onclick="x"} {:toc} $$x$$ | a | b | 乙</p>',
    "markdown": '<div markdown="1">\n\n# 甲\n\n*不斜*\n\n    code\n\n- a\n- b\n\n[l](javascript:x)\n\n乙</div>',
    "closing": "<p>甲</p></div></div></main><!-- x --> <!-- ]]> <![CDATA[ x ]]> <?php ?> --> 乙",
    "open": '<p>甲 <b>乙 <a href="https://example.org/?a=1&copy=2">丙',
    "pre": "<pre>\n\n甲  x\n\n* not a list\n\n    {{ y }}\n乙</pre><p>丙</p>",
    "entities": "<p>甲 &lt;script&gt;x&lt;/script&gt; &amp;#123; &amp;lt; &nbsp; \\* 乙</p>",
    "names": '<p data-x"on="1" data-{{="2" data-<b="3" ; data-日="4">甲<img src="https://example.org/i.png" ;="" alt="&quot;>{{"></p>',
    "table": "<table><tr><td>甲 | 乙<td>{% x %}</table><ul><li>丙<li>丁</ul><p>戊<p>己",
    "deep": "<div>" * 3000 + "甲" + "</div>" * 3000 + "<p>乙</p>",
    "blanks": "\n\n\n<p>甲</p>\n\n\n\n    <p>乙</p>\n\n",
    "plain": "甲 *x* _y_ `z`\n\n# 乙 &lt;b&gt; http://example.org/ -- ... 'q' \"q\"",
    "empty": "",
    "media": '<video src="https://example.org/v.mp4" poster="javascript:x" onplay="x"></video><picture><source srcset="https://example.org/a.webp 1x, data:x 2x"><img src="https://example.org/a.png"></picture>甲',
}
