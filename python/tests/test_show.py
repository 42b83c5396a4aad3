"""A record in a terminal and in a notebook."""

import io
import re
import sys
import types
from html.parser import HTMLParser

import maskview
import pytest
from maskview import _html


def test_it_prints_what_the_program_prints(rows, tokenizer, capsys):
    shown = maskview.show(rows[0], tokenizer=tokenizer, policies=["minimind", "fixed"])
    printed = capsys.readouterr().out
    assert printed == shown.text
    assert "\x1b" not in printed, "no terminal, no colours"
    assert "Danube" in printed and "0→1" not in printed and "1→0" in printed
    assert repr(shown).startswith("<maskview: -   record 1")


def test_a_terminal_gets_colours(rows, tokenizer, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = maskview.show(rows[0], tokenizer=tokenizer, policies="minimind")
    assert capsys.readouterr().out == shown.ansi and "\x1b[" in shown.ansi
    monkeypatch.setenv("NO_COLOR", "1")
    maskview.show(rows[0], tokenizer=tokenizer, policies="minimind")
    assert "\x1b" not in capsys.readouterr().out


def test_an_output_that_is_not_unicode_gets_what_it_can_show(rows, tokenizer, monkeypatch):
    written = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", written)
    shown = maskview.show(rows[0], tokenizer=tokenizer)
    written.flush()
    assert written.buffer.getvalue() == shown.text.encode("ascii", "replace")


def test_a_notebook_gets_html(rows, tokenizer, capsys, monkeypatch):
    kernel = types.SimpleNamespace(get_ipython=lambda: types.SimpleNamespace(kernel=object()))
    monkeypatch.setitem(sys.modules, "IPython", kernel)
    shown = maskview.show(rows[0], tokenizer=tokenizer)
    assert capsys.readouterr().out == "", "the notebook draws the value itself"
    assert shown._repr_html_().startswith("<pre style=")
    assert "Danube" in shown.html and 'style="background:' in shown.html


def test_hostile_text_is_text(tokenizer):
    content = "</pre><script>alert(1)</script>\x1b]52;c;QUFB\x07 \u202e\x9b31m &amp;"
    html = maskview.show([{"role": "user", "content": content}, {"role": "assistant", "content": "x"}], tokenizer=tokenizer).html

    class Tags(HTMLParser):
        found = set()

        def handle_starttag(self, tag, attributes):
            self.found.add(tag)

    parser = Tags()
    parser.feed(html)
    assert parser.found == {"pre", "span"}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", html)


def test_views_and_options(rows, tokenizer):
    assert "X: model sees" in maskview.show(rows[0], tokenizer=tokenizer, view="pairs").text
    assert "cut" in maskview.show(rows[0], tokenizer=tokenizer, max_length=5, lang="en").text
    with pytest.raises(maskview.MaskviewError, match="nonsense"):
        maskview.show(rows[0], view="nonsense")


def test_a_record_that_fails_says_why(tokenizer):
    assert "role" in maskview.show({"messages": [{"content": "x"}]}, tokenizer=tokenizer, lang="en").text


def test_what_is_no_record_is_refused():
    with pytest.raises(TypeError, match="list of messages"):
        maskview.show("text")
    with pytest.raises(TypeError, match="no record"):
        maskview.show([])


@pytest.mark.parametrize(
    ("codes", "css"),
    [
        ("1", "font-weight:bold"),
        ("38;5;1", "color:#cd3131"),
        ("38;5;231", "color:#ffffff"),
        ("48;5;22", "background:#005f00"),
        ("38;5;245", "color:#8a8a8a"),
        ("38;2;1;2;3", "color:#010203"),
        ("31;44", "color:#cd3131;background:#2472c8"),
        ("97;100", "color:#ffffff;background:#666666"),
        ("7;31", "color:#16181d;background:#cd3131"),
        ("1;22;4", "text-decoration:underline"),
        ("31;0", ""),
        ("", ""),
        ("38", ""),
    ],
)
def test_styles(codes, css):
    [(text, style)] = list(_html.pieces(f"\x1b[{codes}ma"))
    assert (text, style.css()) == ("a", css)
