#!/usr/bin/env python3
"""Gathers the text that the embedded tokenizer is trained on.

    corpus.py DIRECTORY

downloads the Debian packages named below with `apt-get download` (Debian 12, after `apt-get update`), unpacks them with
`dpkg -x` and writes, under DIRECTORY:

    text/zh.txt  text/en.txt             what the trainer reads: one paragraph a line, line breaks written as U+2028
    text/words-zh.tsv                    Chinese words with how often they occur
    text/words-en.txt                    the commonest English words
    held-out/zh.txt  held-out/en.txt     one paragraph in twenty, which the trainer never sees
    packages.tsv                         the packages used, with their versions

Only the standard library is needed. The same versions of the packages give the same bytes: files are read in the order of
their names, and which paragraphs are kept depends on nothing but their own text.
"""

import gettext
import glob
import gzip
import hashlib
import html.parser
import pathlib
import re
import subprocess
import sys

CAMPAIGNS = "did dm dw ei httt l low nr sof sota sotbe thot trow tsg ttb utbs".split()

# package, files inside it, how they are read, and the most characters taken for (Chinese, English).
# The limits keep one subject, and above all one manual's jargon, from filling the vocabulary.
SOURCES = [
    ("fortunes-zh", "usr/share/games/fortunes/*", "fortunes", (300_000, 0)),
    ("fortunes", "usr/share/games/fortunes/*", "fortunes", (0, 1_500_000)),
    *((f"wesnoth-1.16-{name}", "usr/share/games/wesnoth/*/locale/zh_CN/LC_MESSAGES/*.mo", "catalogue", (15_000, 40_000))
      for name in CAMPAIGNS),
    ("wordnet-base", "usr/share/wordnet/data.*", "wordnet", (0, 1_500_000)),
    ("anarchism", "usr/share/doc/anarchism/html/*.html", "html", (0, 300_000)),
    ("rust-doc", "usr/share/doc/rust-doc/html/book/*.html", "html", (0, 300_000)),
    ("gnome-user-docs", "usr/share/help/zh_CN/*/*.page", "html", (300_000, 0)),
    ("gnome-user-docs", "usr/share/help/C/*/*.page", "html", (0, 300_000)),
    ("debian-handbook", "usr/share/doc/debian-handbook/html/zh-CN/*.html", "html", (400_000, 0)),
    ("debian-handbook", "usr/share/doc/debian-handbook/html/en-US/*.html", "html", (0, 300_000)),
    ("debian-reference-zh-cn", "usr/share/debian-reference/*.html", "html", (200_000, 0)),
    ("debian-reference-en", "usr/share/debian-reference/*.html", "html", (0, 200_000)),
    ("debian-faq-zh-cn", "usr/share/doc/debian/FAQ/zh-cn/*.html", "html", (100_000, 0)),
    ("debian-faq", "usr/share/doc/debian/FAQ/*.en.html", "html", (0, 100_000)),
    ("debian-edu-doc-zh-cn", "usr/share/doc/debian-edu-doc-zh-cn/*bookworm*.html", "html", (200_000, 0)),
    ("installation-guide-amd64", "usr/share/doc/installation-guide-amd64/zh_CN/*.html", "html", (200_000, 0)),
    ("installation-guide-amd64", "usr/share/doc/installation-guide-amd64/en/*.html", "html", (0, 200_000)),
    ("libreoffice-help-zh-cn", "usr/share/libreoffice/help/zh-CN/text/**/*.html", "html", (300_000, 0)),
    ("libreoffice-help-en-us", "usr/share/libreoffice/help/en-US/text/**/*.html", "html", (0, 100_000)),
    ("manpages-zh", "usr/share/man/zh_CN/man[1-8]/*.gz", "manual", (300_000, 0)),
    ("manpages", "usr/share/man/man[1-8]/*.gz", "manual", (0, 100_000)),
    ("manpages-dev", "usr/share/man/man[1-8]/*.gz", "manual", (0, 100_000)),
]

# Words of everyday language, which balance the technical subjects above: Chinese ones with their frequencies, and the
# smallest of a spelling checker's lists of English ones.
CHINESE_WORDS = ("python3-jieba", "usr/lib/python3/dist-packages/jieba/dict.txt")
ENGLISH_WORDS = ("scowl", ["usr/share/dict/scowl/english-words.10", "usr/share/dict/scowl/american-words.10"])

LINE_BREAK = "\u2028"


def read(path):
    opened = gzip.open(path) if path.endswith(".gz") else open(path, "rb")
    with opened as file:
        return file.read().decode("utf-8", "ignore")


class Page(html.parser.HTMLParser):
    """Collects the paragraphs of an HTML (or GNOME Mallard) page, and its code with its line breaks."""

    BLOCKS = set("p li dd dt h1 h2 h3 h4 h5 td th title item desc div".split())
    SKIPPED = set("script style head nav header footer aside noscript info".split())

    def __init__(self):
        super().__init__()
        self.paragraphs, self.current, self.skipping, self.verbatim = [], [], 0, 0

    def close_paragraph(self):
        text = "".join(self.current)
        self.paragraphs.append(text.strip("\n") if self.verbatim else re.sub(r"\s+", " ", text).strip())
        self.current = []

    def handle_starttag(self, tag, attrs):
        if tag in self.SKIPPED:
            self.skipping += 1
        elif tag in ("pre", "code") and not self.verbatim and (tag == "pre" or ("mime", "text") in attrs):
            self.close_paragraph()
            self.verbatim = 1
        elif tag in self.BLOCKS and not self.verbatim:
            self.close_paragraph()

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag in self.SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag == "pre":
            self.close_paragraph()
            self.verbatim = 0
        elif tag in self.BLOCKS and not self.verbatim:
            self.close_paragraph()

    def handle_data(self, data):
        if not self.skipping:
            self.current.append(data)


def html_paragraphs(path):
    page = Page()
    page.feed(read(path))
    page.close()
    page.close_paragraph()
    return page.paragraphs


def manual_paragraphs(path):
    """The prose of a manual page: roff without its requests."""
    paragraphs, current = [], []
    for line in read(path).split("\n"):
        request = re.match(r"[.'](\\\"|\w+) ?(.*)", line)
        if not request:
            current.append(line)
        elif re.fullmatch(r"[BIR]{1,2}|SM|SB|Nm|Fl|Ar|Xr|Pa|Fn|Em", request[1]):
            current.append(request[2].replace('"', ""))
        elif request[1] not in ("\\\"", "TH", "de", "ds", "so", "if", "ie", "el", "nr", "hy"):
            paragraphs.append(current)
            current = [request[2]] if request[1] in ("SH", "SS") else []
    paragraphs.append(current)
    for lines in paragraphs:
        text = " ".join(line.strip() for line in lines)
        text = re.sub(r"\\f(\[\w*\]|\(..|.)|\\s[-+]?\d|\\\*(\(..|\[\w+\]|.)|\\[&/,|^%c)]", "", text)
        text = re.sub(r"\\\((..)|\\\[(\w+)\]", lambda m: {"aq": "'", "dq": '"', "em": "—"}.get(m[1] or m[2], ""), text)
        text = text.replace("\\-", "-").replace("\\e", "\\").replace("\\ ", " ").replace("\\(", "(")
        yield re.sub(r"\s+", " ", text).strip()


def fortune_paragraphs(path):
    if path.endswith((".dat", ".u8")):
        return
    for fortune in read(path).split("\n%\n"):
        text = re.sub("\x1b\\[[\\d;]*m|.\x08", "", fortune).strip("\n")
        # Chinese lines are broken at a width; there the break stands for nothing.
        yield re.sub("(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u4e00-\u9fff])", "", text)


def catalogue_paragraphs(path):
    """Both sides of a translation: the English original and the Chinese."""
    with open(path, "rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    for original, translation in catalogue.items():
        if original and isinstance(original, str):
            for text in (original.split("\x04")[-1].split("^")[-1], translation):
                yield re.sub(r"<[^>]*>|\$\w+|[*_]", "", text).strip()


def wordnet_paragraphs(path):
    """Definitions with their examples, as sentences of everyday English."""
    for line in read(path).split("\n"):
        if "|" in line and not line.startswith(" "):
            fields, gloss = line.split("|", 1)
            examples = re.findall(r'"([^"]{12,})"', gloss)
            yield fields.split()[4].replace("_", " ") + ": " + re.sub(r';\s*"[^"]*"', "", gloss).strip()
            for example in examples:
                yield example[0].upper() + example[1:] + "."


READERS = {
    "html": html_paragraphs,
    "manual": manual_paragraphs,
    "fortunes": fortune_paragraphs,
    "catalogue": catalogue_paragraphs,
    "wordnet": wordnet_paragraphs,
}


def language(text):
    """`zh`, `en`, or None for anything else and for scraps."""
    if len(text) < 12 or len(text) > 6000:
        return None
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in text)
    if chinese > len(text) * 0.3:
        return "zh"
    return "en" if chinese == 0 and sum(map(str.isascii, text)) > len(text) * 0.97 else None


def digest(text):
    return hashlib.sha256(text.encode()).digest()


def main(directory):
    downloads, unpacked = directory / "packages", directory / "unpacked"
    downloads.mkdir(parents=True, exist_ok=True)
    unpacked.mkdir(exist_ok=True)
    packages = sorted({source[0] for source in SOURCES} | {CHINESE_WORDS[0], ENGLISH_WORDS[0]})
    missing = [name for name in packages if not glob.glob(f"{downloads}/{name}_*.deb")]
    if missing:
        subprocess.run(["apt-get", "--quiet", "download", *missing], cwd=downloads, check=True)
    with open(directory / "packages.tsv", "w") as listing:
        for name in packages:
            (archive,) = glob.glob(f"{downloads}/{name}_*.deb")
            version = subprocess.run(["dpkg-deb", "--field", archive, "Version"], capture_output=True, text=True, check=True)
            listing.write(f"{name}\t{version.stdout.strip()}\n")
            subprocess.run(["dpkg", "-x", archive, unpacked / name], check=True)

    kept = {"zh": [], "en": []}
    seen = set()
    for name, pattern, reader, limits in SOURCES:
        found = {"zh": [], "en": []}
        for path in sorted(glob.glob(f"{unpacked}/{name}/{pattern}", recursive=True)):
            if pathlib.Path(path).is_file():
                for paragraph in READERS[reader](path):
                    paragraph = paragraph.replace("\u00a0", " ")
                    chosen = language(paragraph)
                    if chosen and (key := digest(paragraph)) not in seen:
                        seen.add(key)
                        found[chosen].append((key, paragraph))
        for (chosen, paragraphs), limit in zip(found.items(), limits):
            taken = 0
            for key, paragraph in sorted(paragraphs):
                if taken >= limit:
                    break
                taken += len(paragraph)
                kept[chosen].append((key, paragraph))
            if limit:
                print(f"{name:26} {chosen} {taken:8} of {sum(len(text) for _, text in paragraphs):8} characters")

    for place in ("text", "held-out"):
        (directory / place).mkdir(exist_ok=True)
    for chosen, paragraphs in kept.items():
        with open(directory / f"text/{chosen}.txt", "w") as text, open(directory / f"held-out/{chosen}.txt", "w") as held_out:
            for key, paragraph in sorted(paragraphs):
                (held_out if key[-1] % 20 == 0 else text).write(paragraph.replace("\n", LINE_BREAK) + "\n")
    with open(directory / "text/words-zh.tsv", "w") as words:
        for line in read(f"{unpacked}/{CHINESE_WORDS[0]}/{CHINESE_WORDS[1]}").splitlines():
            word, count, *_ = line.split(" ")
            # Entries of one character hold remains of broken encodings, with high counts; the text has the real ones.
            # Long ones are names of institutions, which no chat is full of.
            if 2 <= len(word) <= 4 and int(count) >= 20:
                words.write(f"{word}\t{count}\n")
    english = set()
    for path in ENGLISH_WORDS[1]:
        english.update(word for word in read(f"{unpacked}/{ENGLISH_WORDS[0]}/{path}").split() if word.isalpha())
    (directory / "text/words-en.txt").write_text("\n".join(sorted(english)) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
