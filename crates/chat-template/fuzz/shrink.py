"""Makes a failing case smaller, as long as it fails in the same way."""

import copy
import re

SEGMENT = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.S)
TOKEN = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\d[\d_.eE+]*\w*|\w+|\s+|\*\*|//|[=!<>]=|.""", re.S)
OPENING = re.compile(r"\{%[-+]?\s*(\w+)")


class Shrinker:
    """Tries smaller forms of a case. `fails` tells whether a case still fails as the first one does."""

    def __init__(self, fails, tries):
        self.fails = fails
        self.left = tries

    def accept(self, case):
        """Whether a smaller case is as good, for as long as there are tries."""
        if self.left <= 0:
            return False
        self.left -= 1
        return self.fails(case)

    def shrink(self, case):
        """The smallest case found."""
        case = copy.deepcopy(case)
        while True:
            size = weight(case)
            case = self.values(case)
            case = self.segments(case)
            case = self.tokens(case)
            if weight(case) >= size or self.left <= 0:
                return case

    def template(self, case, source):
        """The case with another template if that fails too, else None."""
        if source == case["template"]:
            return None
        other = {**case, "template": source}
        return other if self.accept(other) else None

    # -------------------------------------------------------------------------------------------------- template

    def segments(self, case):
        """Leaves out tags, blocks and text."""
        at = 0
        while True:
            parts = [part for part in SEGMENT.split(case["template"]) if part]
            if at >= len(parts):
                return case
            tried = [(at, at + 1)]
            end = closing(parts, at)
            if end is not None:
                # The whole block, or its tags alone.
                tried = [(at, end + 1), (at, at + 1, end, end + 1)]
            for cut in tried:
                kept = parts[:cut[0]] + (parts[cut[1]:cut[2]] + parts[cut[3]:] if len(cut) == 4 else parts[cut[1]:])
                smaller = self.template(case, "".join(kept))
                if smaller:
                    case = smaller
                    break
            else:
                if parts[at][0] != "{" and len(parts[at]) > 1:
                    half = len(parts[at]) // 2
                    for text in (parts[at][:half], parts[at][half:]):
                        smaller = self.template(case, "".join(parts[:at] + [text] + parts[at + 1:]))
                        if smaller:
                            case = smaller
                            break
                    else:
                        at += 1
                else:
                    at += 1

    def tokens(self, case):
        """Leaves out parts of what is inside the tags."""
        parts = [part for part in SEGMENT.split(case["template"]) if part]
        for number, part in enumerate(parts):
            if part[:2] not in ("{{", "{%"):
                continue
            inner = TOKEN.findall(part[2:-2])
            changed = True
            while changed and self.left > 0:
                changed = False
                for start, end, replacement in cuts(inner):
                    fewer = inner[:start] + replacement + inner[end:]
                    smaller = self.template(case, "".join(parts[:number] + [part[:2] + "".join(fewer) + part[-2:]] + parts[number + 1:]))
                    if smaller:
                        case, inner, changed = smaller, fewer, True
                        parts[number] = part[:2] + "".join(fewer) + part[-2:]
                        break
        return case

    # ---------------------------------------------------------------------------------------------------- values

    def values(self, case):
        """Leaves out what the template is given."""
        for name, simple in (("tools", None), ("documents", None), ("special_tokens", {}), ("kwargs", {}), ("add_generation_prompt", False),
                             ("messages", [{"role": "user", "content": "x"}])):
            if case[name] != simple:
                other = {**case, name: simple}
                if self.accept(other):
                    case = other
        for name in ("kwargs", "special_tokens", "messages", "tools"):
            case = self.inside(case, (name,))
        return case

    def inside(self, case, path):
        """Leaves out items of a list or dict, shortens texts, and goes on with what is left."""
        holder = lookup(case, path)
        if isinstance(holder, (list, dict)):
            for key in list(range(len(holder) - 1, -1, -1) if isinstance(holder, list) else holder):
                if path == ("messages",) and len(lookup(case, path)) == 1:
                    break
                other = copy.deepcopy(case)
                del lookup(other, path)[key]
                if self.accept(other):
                    case = other
            holder = lookup(case, path)
            for key in list(range(len(holder)) if isinstance(holder, list) else holder):
                case = self.inside(case, (*path, key))
        elif isinstance(holder, str) and len(holder) > 1:
            pieces = [holder[:len(holder) // 2], holder[len(holder) // 2:], holder[:-1], holder[1:]]
            for piece in pieces:
                other = copy.deepcopy(case)
                lookup(other, path[:-1])[path[-1]] = piece
                if self.accept(other):
                    return self.inside(other, path)
        return case


def cuts(tokens):
    """Ranges of tokens to leave out, larger ones first, with what to put there."""
    count = len(tokens)
    pairs = matching(tokens)
    for start, end in sorted(pairs.items(), key=lambda pair: pair[0] - pair[1]):
        yield 0, count, [" "] + tokens[start + 1:end] + [" "]
        yield start, end + 1, []
        yield start, end + 1, ["1"]
        yield start, end + 1, ["''"]
        yield start + 1, end, []
        yield start, end + 1, tokens[start + 1:end]
    for length in (12, 8, 6, 4, 3, 2, 1):
        for start in range(count - length + 1):
            if not tokens[start].isspace() or length == 1 and start not in (0, count - 1):
                yield start, start + length, []
    for start, token in enumerate(tokens):
        if token[0] in "'\"" and len(token) > 3:
            half = len(token) // 2
            yield start, start + 1, [token[:half] + token[0]]
            yield start, start + 1, [token[0] + token[half:]]
            yield start, start + 1, ["''"]


def matching(tokens):
    """Brackets and where they close."""
    pairs, stack = {}, []
    for at, token in enumerate(tokens):
        if token in ("(", "[", "{"):
            stack.append(at)
        elif token in (")", "]", "}") and stack:
            pairs[stack.pop()] = at
    return pairs


def closing(parts, at):
    """Where the block that opens at a part closes; None if none does."""
    match = OPENING.match(parts[at])
    if not match:
        return None
    word, depth = match.group(1), 0
    for place in range(at, len(parts)):
        other = OPENING.match(parts[place])
        if other and other.group(1) == word:
            depth += 1
        elif other and other.group(1) == f"end{word}":
            depth -= 1
            if depth == 0:
                return place
    return None


def lookup(case, path):
    """What lies at a path of keys."""
    for key in path:
        case = case[key]
    return case


def weight(case):
    """How large a case is."""
    return len(case["template"]) + len(repr({name: value for name, value in case.items() if name != "template"}))
