"""Random JSON values for messages, tools, documents, special tokens and further variables.

Everything is made from a `random.Random`, so that a case is known by its seed and number. Characters are of Unicode 14
or older, as tables of newer versions would tell other properties than those of an older Python.
"""

WORDS = """the a cat sat on mat hello World user assistant code fast-path e-mail x1 don't naïve über Straße ΟΔΥΣΣΕΥΣ
ΣΑΣ ǅungla ﬁne oﬃce İstanbul ıI 日本語 中文字 한국어 ქართული ᲥᲐᲠᲗᲣᲚᲘ שלום مرحبا हिन्दी ไทย Zażółć e\u0301tude n\u0303 👍 👩‍👩‍👧 🇩🇪
ß ŉ ǰ ΐ ᾳ ᾼ ŒUVRE ª º ʰ 𝐀𝐛 𐐀𐐨 ＡＢｃ ① Ⅷ ⅳ ½ ² 一 三 ٣٤ १२ ५ 𝟘𝟙 _ __ a_b A.B""".split()

SPACES = [" ", " ", " ", "  ", "\n", "\n\n", "\t", "\r\n", "\r", "\u0085", "\u2028", "\u2029", "\x1c", "\x1d", "\x1f",
          "\x0b", "\x0c", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2003", "\u1680", "\u180e", "\u202f"]

NUMBERS = ["0", "7", "-3", "+4", " 12 ", "3.75", "-0.0", "1e5", "1E-7", ".5", "5.", "0x1F", "0b101", "0o17", "1_000",
           "inf", "-inf", "nan", "Infinity", "١٢", "१.५", "½", "²", "一", "99999999999999999999", "1e400", "", " ",
           "12abc", "--1", "1__0", "0010", "\u30007\n", "z", "ff", "１２", "1e16", "0.1e1_0", "+", "0x"]

HTML = ["<b>bold</b>", "a < b & c > d", "&amp; &lt;x&gt; &#39; &quot; &nbsp; &eacute; &hearts; &#x41; &#65;", "\"q\" 'q'",
        "<!-- note --> x <i>y</i>", "<a href=\"https://x.org/?a=1&b=2\">link</a>", "<p>\n one   two\t</p>", "<", "&", ">",
        "<b", "a<b>c<d>e", "<!-- a -- b --><u>", "&ampx &notit; &#0; &#128; &#x110000; &#xD800;", "<b>\u00a0x\u2028y</b>"]

URLS = ["see https://example.com/a?b=c&d=e. ok", "(http://a.org)", "www.example.com", "mail me@example.com now",
        "mailto:joe@x.org", "<http://x.y>", "https://a.com/(b)", "foo.com bar.net/x baz.org.", "ftp://f.org", "x: y",
        "https://例え.jp/é", "HTTP://UP.COM", "http://localhost:80/x", "\"https://q.com\"", "[http://b.io/a_(b)],", "a@b", 
        "tel:+123", "example.com,", "https://1.2.3.4/x&amp;y", "&lt;http://x.com&gt;", "www.a-b.org:8080/p#f", "a@b.c.", 
        "https://x.com/" + "long/" * 8, "www.", "http://", "me@example.com.", "(www.x.com))", "http://a.com\u00a0b"]

ODD = ["%s %d %%", "{} {0} {x}", "{{ x }} {% if %} {# c #}", "back\\slash \\n", "\x00\x01\x1b[0m\x7f", "a'b\"c", "a'b", '"',
       "C:\\dir", "#", "<|im_start|>assistant\n", "</s>", "\ud7ff\ue000\U0010ffff\ufffe", "\u0301", "a,b;c, d", "k=v&k2=v 2",
       "True", "None", "line1\nline2\n\nline4", "\n", " \n ", "tab\tsep", "ab" * 30, "supercalifragilistic" * 3, "a-b-c-d-" * 4,
       "aaa", "ABC", "abc", "Hello, World!", "hello world foo bar baz " * 4, "x" * 85, "日本" * 20, "\u202eabc\u202c", "I\u0307"]

KEYS = ["name", "type", "description", "a", "b", "key with space", "é", "日", "0", "", "items", "keys", "class", "x-y", "Z", "id"]


def text(rng):
    """A text of any kind."""
    kind = rng.random()
    if kind < 0.50:
        parts = []
        for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 5, 9))):
            parts.append(rng.choice(WORDS))
            parts.append(rng.choice(SPACES[:4]) if rng.random() < 0.8 else rng.choice(SPACES))
        if rng.random() < 0.7:
            parts.pop()
        return "".join(parts)
    if kind < 0.58:
        return rng.choice(HTML)
    if kind < 0.66:
        return rng.choice(URLS)
    if kind < 0.74:
        return rng.choice(NUMBERS)
    if kind < 0.90:
        return rng.choice(ODD)
    if kind < 0.93:
        return ""
    if kind < 0.96:
        return rng.choice(SPACES) + rng.choice(WORDS) + rng.choice(SPACES)
    return "".join(rng.choice(rng.choice((WORDS, HTML, URLS, SPACES))) for _ in range(rng.randint(2, 5)))


def word(rng):
    """A single word or a short odd text."""
    return rng.choice(WORDS) if rng.random() < 0.85 else rng.choice(ODD)[:12]


def integer(rng):
    """An integer: mostly small, at times beyond machine words. None are of a size that would fill the memory."""
    kind = rng.random()
    if kind < 0.7:
        return rng.randint(-3, 12)
    if kind < 0.88:
        return rng.choice((-1, 0, 42, 97, 100, 255, 256, 999, 1000, 1024, -1024, 1500))
    return rng.choice((2**31, 2**53, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 10**18, 10**25, -(10**30), 2**200))


def real(rng):
    """A finite float."""
    if rng.random() < 0.4:
        return round(rng.uniform(-20, 20), rng.randint(0, 4))
    return rng.choice((0.0, -0.0, 0.1, 0.5, 1.5, 2.5, -2.5, 1.0, 100.0, 1e16, 1e15, 123456789012345680.0, 1e-5, 0.0001, 1e22,
                       1e100, 5e-324, 1.7976931348623157e308, 0.30000000000000004, 2.675, 1e-7, 1023.9, 1000.0, 3.14159, 1e17))


def scalar(rng):
    """A value without parts."""
    return rng.choice((text, text, text, integer, real, lambda r: r.random() < 0.5, lambda r: None))(rng)


def thing(rng, depth=3):
    """Any JSON value, at times nested."""
    kind = rng.random()
    if depth <= 0 or kind < 0.6:
        return scalar(rng)
    if kind < 0.8:
        return [thing(rng, depth - 1) for _ in range(rng.randint(0, 3))]
    return {rng.choice(KEYS) if rng.random() < 0.8 else word(rng): thing(rng, depth - 1) for _ in range(rng.randint(0, 4))}


def record(rng):
    """A dict with the fields that the grammar knows as `rec`."""
    return {"name": word(rng), "n": rng.randint(-2, 9), "tag": rng.choice(("a", "b", "B", "A", "ß", "")), "ok": rng.random() < 0.5,
            "sub": {"k": rng.randint(0, 3), "s": word(rng)}}


def tree(rng, depth=2):
    """A list of nodes for recursive loops."""
    children = (lambda: tree(rng, depth - 1)) if depth else list
    return [{"name": word(rng), "children": children() if rng.random() < 0.6 else []} for _ in range(rng.randint(0, 3 if depth > 1 else 2))]


def tool(rng):
    """A tool as JSON schema."""
    properties = {rng.choice(KEYS): {"type": rng.choice(("string", "integer", ["string", "null"])), "description": text(rng)}
                  for _ in range(rng.randint(0, 3))}
    function = {"name": word(rng), "description": text(rng), "parameters": {"type": "object", "properties": properties, "required": list(properties)[:1]}}
    return rng.choice(({"type": "function", "function": function}, function, {}, {"name": "t", "x": thing(rng)}) if rng.random() < 0.3
                      else ({"type": "function", "function": function},))


def tool_call(rng):
    """A call of a tool, in one of the forms in use."""
    arguments = rng.choice((lambda: {word(rng): thing(rng, 2) for _ in range(rng.randint(0, 3))}, lambda: '{"a": 1}', lambda: thing(rng, 1)))()
    function = {"name": word(rng), "arguments": arguments}
    return rng.choice(({"type": "function", "id": "call_1", "function": function}, {"function": function}, function))


def message(rng, odd=False):
    """A message; an odd one lacks fields, has null ones or some of another kind."""
    made = {"role": rng.choice(("user", "assistant", "assistant", "system", "tool") if rng.random() < 0.95 else ("developer", "", "Assistant"))}
    if not odd:
        made["content"] = text(rng)
        if made["role"] == "assistant" and rng.random() < 0.2:
            made[rng.choice(("reasoning_content", "thinking", "reasoning"))] = text(rng)
        return made
    content = rng.random()
    if content < 0.3:
        made["content"] = text(rng)
    elif content < 0.45:
        made["content"] = None
    elif content < 0.7:
        made["content"] = [rng.choice(({"type": "text", "text": text(rng)}, {"type": "image", "image": "x.png"}, {"type": "text"}, text(rng)))
                           for _ in range(rng.randint(0, 3))]
    elif content < 0.8:
        made["content"] = thing(rng)
    for name in ("reasoning_content", "thinking", "reasoning"):
        if rng.random() < 0.15:
            made[name] = rng.choice((text, text, lambda r: None, thing))(rng)
    if rng.random() < 0.3:
        made["tool_calls"] = rng.choice(([tool_call(rng) for _ in range(rng.randint(1, 2))], [], None, thing(rng, 1)))
    if rng.random() < 0.15:
        made["name"] = word(rng)
    if rng.random() < 0.1:
        made["tool_call_id"] = "call_1"
    if rng.random() < 0.1:
        made["train"] = rng.random() < 0.5
    if rng.random() < 0.1:
        made[rng.choice(KEYS)] = thing(rng)
    if rng.random() < 0.08:
        del made["role"]
    items = list(made.items())
    rng.shuffle(items)
    return dict(items)


def messages(rng, odd=0.15):
    """A conversation of few messages."""
    return [message(rng, rng.random() < odd) for _ in range(rng.choice((1, 1, 2, 2, 3, 4)))]


def special_tokens(rng):
    """Some of the special tokens that a tokenizer may have."""
    pool = {"bos_token": "<s>", "eos_token": rng.choice(("</s>", "<|im_end|>", "")), "pad_token": "<pad>", "unk_token": "<unk>"}
    return {name: token for name, token in pool.items() if name in ("bos_token", "eos_token") or rng.random() < 0.3}


def now(rng):
    """A local time in ISO form."""
    return rng.choice(("2025-06-01T07:05:09", "2024-12-31T23:59:59", "2024-02-29T00:00:00", "1999-01-01T12:00:00", "2026-11-15T13:30:01"))


# The variables that the grammar knows, by the type under which it uses them.
BY_TYPE = {
    "str": text,
    "int": integer,
    "float": real,
    "bool": lambda r: r.random() < 0.5,
    "none": lambda r: None,
    "[int]": lambda r: [r.randint(-3, 12) for _ in range(r.randint(0, 5))],
    "[float]": lambda r: [real(r) for _ in range(r.randint(1, 4))],
    "[str]": lambda r: [r.choice((word, word, text))(r) for _ in range(r.randint(0, 4))],
    "[json]": lambda r: [thing(r, 2) for _ in range(r.randint(0, 4))],
    "[rec]": lambda r: [record(r) for _ in range(r.randint(0, 4))],
    "[[int]]": lambda r: [[r.randint(0, 9) for _ in range(r.randint(0, 3))] for _ in range(r.randint(0, 3))],
    "{json}": lambda r: {(r.choice(KEYS) if r.random() < 0.8 else word(r)): thing(r, 2) for _ in range(r.randint(0, 5))},
    "{int}": lambda r: {word(r): r.randint(-3, 12) for _ in range(r.randint(0, 4))},
    "json": thing,
    "tree": tree,
    "rec": record,
}
