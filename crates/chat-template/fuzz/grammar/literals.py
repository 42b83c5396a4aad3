"""Template source that is not generated from other expressions: numbers, string literals and text between tags."""

import values

SAFE_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\x0b": "\\v", "\x0c": "\\f", "\x07": "\\a", "\\": "\\\\"}
LITERAL_WORDS = ["a", "b", "ab", "x", "user", "assistant", "Hello World", "foo bar baz", "é", "日本", "ß", "İ", "ΟΔΟΣ", "👍", "", " ",
                 "<b>", "a&b", "it's", 'say "x"', "a\nb", "\t", "-", ", ", "None", "1", "42", "3.5", "%", "{}", "A-b_c d", "ﬁn"]


def quoted(rng, content):
    """A string literal with that content, in one of the ways to write it."""
    quote = rng.choice("'\"")
    parts = []
    for character in content:
        code = ord(character)
        if character == quote:
            parts.append("\\" + character)
        elif character == "\\":
            parts.append("\\\\")
        elif character in SAFE_ESCAPES and (character == "\r" or rng.random() < 0.8):
            parts.append(SAFE_ESCAPES[character])
        elif rng.random() < 0.02:
            if code < 0x100:
                parts.append(rng.choice((f"\\x{code:02x}", f"\\{code:03o}")))
            else:
                parts.append(f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08X}")
        else:
            parts.append(character)
    return quote + "".join(parts) + quote


def string(rng, wild=False):
    """Any string literal."""
    if wild and rng.random() < 0.15:
        return rng.choice((r"'\q'", r"'\N{DIGIT ONE}'", "'a\\\nb'", r"'\400'", r"'\ud800'", r"'\ud83d\ude00'", r"'\x4'", r"'\u12'", r"'\/'",
                           r"'\8'", r"'\0'", r"'\N{LATIN SMALL LETTER E WITH ACUTE}x'", r"'\U00110000'", "'\r\n'", "'é\\xe9\\'", r"'\18'"))
    return quoted(rng, rng.choice(LITERAL_WORDS) if rng.random() < 0.75 else values.text(rng)[:40])


def integer(rng, wild=False):
    """An integer literal."""
    if wild and rng.random() < 0.2:
        return rng.choice(("1_000", "0xFF", "0b101", "0o17", "0XaB_c", "00", "0_0", "007", "1__0", "1٣", "0b2", "9" * 25, "1" + "0" * 40, "0x"))
    value = values.integer(rng)
    if value < 0:
        return f"({value})"
    kind = rng.random()
    if kind > 0.97:
        return rng.choice((hex, oct, bin))(value)
    if kind > 0.94 and value >= 1000:
        return f"{value:_}"
    return str(value)


def real(rng, wild=False):
    """A float literal."""
    if wild and rng.random() < 0.2:
        return rng.choice(("1e999", "1_0.5", "1.5_0e1_0", "1e5", "1E-7", "2e+3", "5e-324", "1e400", "0e0", "1.e3", "1.5e", "00.5", "0_1.5"))
    value = abs(values.real(rng))
    return repr(value) if rng.random() < 0.85 else f"{value:.3e}"


PIECES = ["text", "Hello ", "\n", "\n", "  ", " ", "\n  ", "\t", "<b>&</b>", "{", "}", "#", "%", "{ {", "é 日本", "- ", " -", "\r\n", "\r",
          "\u0085", "\u2028", "\x1c ", "\ufeff", "\x0b", "\x0c\n", "end.\n", "\n\n", "<|im_start|>", "\u3000", "\u00a0\n", "}}", "%}", "'\"\\"]


def data(rng):
    """Text between tags. Braces come with a space after them, so that none opens a tag."""
    return "".join(rng.choice(PIECES).replace("{", "{ ") for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3))))


FORMATS = ["%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%H:%M:%S", "%I:%M %p", "%A, %-d %B %Y", "%j %U %W %w %u %V %G", "%y %C %g", "%e %k %l",
           "%c", "%x %X", "%D %F %T %R %r", "%h %n%t%%", "%f", "%z|%Z|", "%s", "", "no", "%", "%é", "%P %#a %^B %_d %0e %-H %-m", "%Ey %Od %5Y %Q %+",
           "日 %Y 年", "%10d", "%-I%p", "%-j", "%L %N", "%v %i %J", "%:z", "%%Y"]


def time_format(rng, wild=False):
    """A format of `strftime`; the rarer ones in wild templates alone."""
    return quoted(rng, rng.choice(FORMATS if wild else FORMATS[:13]))
