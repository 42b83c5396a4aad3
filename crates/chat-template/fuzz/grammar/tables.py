"""What filters, tests and methods take and give.

A line is `name: receiver (argument:kind, argument?:kind) -> result`. A question mark is an argument that may be left out, a
slash one that is given by position only, a star one that is given by keyword only. A plus before a list's type asks for a list with items. Kinds and types are those of `expressions.py`: `int`, `str`, `[T]` a list,
`{T}` a dict with text keys, `<T>` something that can only be iterated over, `T` any type, the same one in all of a line.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Argument:
    """One argument of a signature."""

    name: str
    kind: str
    optional: bool
    positional: bool
    keyword: bool


@dataclass(frozen=True)
class Signature:
    """A filter, test or method for one type of receiver."""

    name: str
    receiver: str
    arguments: tuple
    result: str


LINE = re.compile(r"(\S+): (\S+) (?:\((.*?)\) )?-> (\S+)$")


def read(text):
    """The signatures of a table."""
    signatures = []
    for line in text.strip().splitlines():
        if not line.strip():
            continue
        name, receiver, arguments, result = LINE.match(line.strip()).groups()
        parsed = []
        for argument in (arguments or "").split(", "):
            if argument:
                label, kind = argument.split(":")
                parsed.append(Argument(label.rstrip("?/*"), kind, "?" in label, "/" in label, "*" in label))
        signatures.append(Signature(name, receiver, tuple(parsed), result))
    return signatures


FILTERS = read("""
abs: int -> int
abs: float -> float
attr: rec (name:recattr) -> undef
attr: str (name:safe_method) -> any_method
attr: int (name:int_attribute) -> int
batch: [T] (linecount:count, fill_with?:T) -> <[T]>
batch: range (linecount:count, fill_with?:any) -> <[any]>
batch: str (linecount:count, fill_with?:str) -> <[str]>
capitalize: text -> str
center: text (width?:width) -> str
count: sized -> int
d: undef (default_value:T, boolean?:flag) -> T
d: T (default_value:T, boolean?:flag) -> T
default: undef (default_value:T, boolean?:flag) -> T
default: T (default_value:T, boolean?:flag) -> T
default: undef -> str
dictsort: {int} (case_sensitive?:flag, by?:by, reverse?:flag) -> [pair]
dictsort: {str} (case_sensitive?:flag, by?:by, reverse?:flag) -> [pair]
dictsort: {json} (case_sensitive?:flag) -> [pair]
e: text -> markup
escape: any -> markup
filesizeformat: size (binary?:flag) -> str
first: +[T] -> T
first: str -> str
first: {T} -> str
float: scalar (default?:float) -> float
float: numeric (default?:float) -> float
forceescape: text -> markup
format: percent (args/:percent_arguments) -> str
groupby: [rec] (attribute:recattr, default?:str, case_sensitive?:flag) -> [group]
groupby: [pair] (attribute:zero) -> [group]
indent: lines (width?:indent, first?:flag, blank?:flag) -> str
int: scalar (default?:int) -> int
int: numeric (default?:int, base?:base) -> int
items: {T} -> <pair>
items: undef -> <pair>
join: [T] (d?:separator) -> str
join: <T> (d?:separator) -> str
join: text (d?:separator) -> str
join: [rec] (d:separator, attribute:recattr) -> str
join: view (d?:separator) -> str
last: +[T] -> T
last: str -> str
last: {T} -> str
length: sized -> int
list: <T> -> [T]
list: [T] -> [T]
list: text -> [str]
list: view -> [any]
list: range -> [int]
list: {T} -> [str]
lower: text -> str
lower: any -> str
map: [T] (filter/:mapped) -> <any>
map: [str] (filter/:mapped_str) -> <str>
map: [rec] (attribute*:recattr) -> <any>
map: [rec] (attribute*:recattr_missing, default*:str) -> <any>
max: +[int] (case_sensitive?:flag) -> int
max: +[str] (case_sensitive?:flag) -> str
max: +[rec] (case_sensitive?:flag, attribute:recattr) -> rec
max: range -> int
max: +[float] -> float
min: +[int] (case_sensitive?:flag) -> int
min: +[str] (case_sensitive?:flag) -> str
min: +[rec] (case_sensitive?:flag, attribute:recattr) -> rec
min: text -> str
pprint: json -> str
pprint: {json} -> str
pprint: any -> str
reject: [T] (test/:tested) -> <T>
rejectattr: [rec] (test/:tested_attribute) -> <rec>
replace: text (old:substring, new:str, count?:small) -> str
reverse: text -> str
reverse: [T] -> <T>
reverse: {T} -> <str>
round: float (precision?:precision, method?:rounding) -> float
round: int (precision?:precision, method?:rounding) -> int
safe: text -> markup
safe: any -> markup
select: [T] (test/:tested) -> <T>
selectattr: [rec] (test/:tested_attribute) -> <rec>
slice: [T] (slices:count, fill_with?:T) -> <[T]>
sort: [int] (reverse?:flag, case_sensitive?:flag) -> [int]
sort: [str] (reverse?:flag, case_sensitive?:flag) -> [str]
sort: [float] (reverse?:flag) -> [float]
sort: [rec] (reverse?:flag, case_sensitive?:flag, attribute:recattrs) -> [rec]
sort: text -> [str]
sort: {T} (reverse?:flag) -> [str]
string: any -> str
string: text -> str
striptags: text -> str
sum: [int] (start*?:int) -> int
sum: [float] (start*?:float) -> float
sum: [rec] (attribute:numattr, start*?:int) -> int
sum: [[T]] (start*:[T]) -> [T]
title: text -> str
tojson: json (ensure_ascii?:flag, indent?:json_indent, separators?:json_separators, sort_keys?:flag) -> str
tojson: {json} (ensure_ascii?:flag, indent?:json_indent, separators?:json_separators, sort_keys?:flag) -> str
tojson: json (indent*:json_indent) -> str
tojson: [msg] -> str
tojson: {odd} -> str
trim: text (chars?:characters) -> str
truncate: text (length?:length, killwords?:flag, end?:short, leeway?:leeway) -> str
unique: [str] (case_sensitive?:flag) -> <str>
unique: [int] -> <int>
unique: [rec] (case_sensitive?:flag, attribute:recattr) -> <rec>
unique: text -> <str>
upper: text -> str
upper: any -> str
urlencode: text -> str
urlencode: {json} -> str
urlencode: [pair] -> str
urlencode: int -> str
urlize: url (trim_url_limit?:length, nofollow?:flag, target?:target, rel?:rel, extra_schemes?:schemes) -> str
urlize: text -> str
wordcount: text -> int
wordwrap: lines (width?:wrap, break_long_words?:flag, wrapstring?:short, break_on_hyphens?:flag) -> str
xmlattr: {json} (autospace?:flag) -> str
xmlattr: {attribute} (autospace?:flag) -> str
""")

TESTS = read("""
!=: any (other/:any) -> bool
<: int (other/:int) -> bool
<=: float (other/:float) -> bool
==: any (other/:any) -> bool
>: str (other/:str) -> bool
>=: int (other/:float) -> bool
boolean: any -> bool
callable: any -> bool
callable: function -> bool
defined: any -> bool
defined: undef -> bool
divisibleby: int (num:nonzero) -> bool
eq: any (other/:any) -> bool
eq: T (other/:T) -> bool
equalto: T (other/:T) -> bool
escaped: text -> bool
even: int -> bool
false: any -> bool
filter: filter_name -> bool
float: any -> bool
ge: int (other/:int) -> bool
greaterthan: float (other/:int) -> bool
gt: str (other/:str) -> bool
in: T (seq:[T]) -> bool
in: str (seq:text) -> bool
in: str (seq:{json}) -> bool
in: T (seq:<T>) -> bool
integer: any -> bool
iterable: any -> bool
iterable: function -> bool
le: [int] (other/:[int]) -> bool
lessthan: int (other/:float) -> bool
lower: text -> bool
lt: pair (other/:pair) -> bool
mapping: any -> bool
mapping: {T} -> bool
ne: T (other/:T) -> bool
none: any -> bool
number: any -> bool
odd: int -> bool
sameas: singleton (other:singleton) -> bool
sequence: any -> bool
sequence: view -> bool
string: any -> bool
test: test_name -> bool
true: any -> bool
undefined: any -> bool
undefined: undef -> bool
upper: text -> bool
""")

METHODS = read("""
str.capitalize: text -> str
str.casefold: text -> str
str.center: text (width/:width, fill/?:fill) -> str
str.count: text (sub/:substring, start/?:small, end/?:small) -> int
str.encode: text (encoding?:encoding, errors?:errors) -> bytes
str.encode: text -> bytes
str.endswith: text (suffix/:affixes, start/?:small, end/?:small) -> bool
str.expandtabs: lines (tabsize?:small) -> str
str.find: text (sub/:substring, start/?:small, end/?:small) -> int
str.format: format (args/:format_arguments) -> str
str.format_map: format_map (mapping/:rec) -> str
str.index: banana (sub/:banana_part) -> int
str.isalnum: text -> bool
str.isalpha: text -> bool
str.isascii: text -> bool
str.isdecimal: numeric -> bool
str.isdigit: numeric -> bool
str.isidentifier: text -> bool
str.islower: text -> bool
str.isnumeric: numeric -> bool
str.isprintable: text -> bool
str.isspace: text -> bool
str.istitle: text -> bool
str.isupper: text -> bool
str.join: separator (iterable/:[str]) -> str
str.join: separator (iterable/:<str>) -> str
str.join: separator (iterable/:text) -> str
str.ljust: text (width/:width, fill/?:fill) -> str
str.lower: text -> str
str.lstrip: text (chars/?:characters) -> str
str.maketrans: str (x/:two, y/:two) -> {int_keys}
str.partition: text (sep/:part) -> tuple
str.removeprefix: text (prefix/:substring) -> str
str.removesuffix: text (suffix/:substring) -> str
str.replace: text (old/:substring, new/:str, count/?:small) -> str
str.rfind: text (sub/:substring, start/?:small, end/?:small) -> int
str.rindex: banana (sub/:banana_part, start/?:zero) -> int
str.rjust: text (width/:width, fill/?:fill) -> str
str.rpartition: text (sep/:part) -> tuple
str.rsplit: text (sep?:separator_or_none, maxsplit?:small) -> [str]
str.rstrip: text (chars/?:characters) -> str
str.split: text (sep?:separator_or_none, maxsplit?:small) -> [str]
str.splitlines: lines (keepends?:flag) -> [str]
str.startswith: text (prefix/:affixes, start/?:small, end/?:small) -> bool
str.strip: text (chars/?:characters) -> str
str.swapcase: text -> str
str.title: text -> str
str.translate: text (table/:translation) -> str
str.upper: text -> str
str.zfill: numeric (width/:width) -> str
markup.striptags: markup -> str
markup.unescape: markup -> str
markup.escape: markup (s/:any) -> markup
markup.join: markup (iterable/:[str]) -> markup
markup.format: markup_format (args/:format_arguments) -> markup
markup.split: markup (sep?:separator_or_none, maxsplit?:small) -> [markup]
markup.replace: markup (old/:substring, new/:str) -> markup
markup.partition: markup (sep/:part) -> tuple
markup.strip: markup (chars/?:characters) -> markup
markup.upper: markup -> markup
markup.center: markup (width/:width, fill/?:fill) -> markup
markup.splitlines: markup -> [markup]
bytes.decode: bytes (encoding?:encoding, errors?:errors) -> str
bytes.hex: bytes -> str
list.copy: [T] -> [T]
list.count: [T] (x/:T) -> int
list.index: sevens (x/:seven) -> int
tuple.count: tuple (x/:any) -> int
tuple.index: sevens_tuple (x/:seven) -> int
dict.copy: {T} -> {T}
dict.fromkeys: {T} (keys/:[str], value/?:any) -> {any}
dict.get: {T} (key/:key, default/:T) -> T
dict.get: {T} (key/:key) -> any
dict.items: {T} -> view
dict.keys: {T} -> view
dict.values: {T} -> view
view.isdisjoint: keys_view (other/:[str]) -> bool
int.as_integer_ratio: int -> pair
int.bit_count: int -> int
int.bit_length: int -> int
int.conjugate: int -> int
int.to_bytes: byte (length/:four, byteorder/:byteorder, signed*?:flag) -> bytes
int.from_bytes: int (bytes/:bytes, byteorder/:byteorder, signed*?:flag) -> int
float.as_integer_ratio: float -> pair
float.conjugate: float -> float
float.fromhex: float (string/:hexfloat) -> float
float.hex: float -> str
float.is_integer: float -> bool
range.count: range (value/:int) -> int
range.index: sevens_range (value/:seven) -> int
""")

# Attributes that are not called: type of the object, name, type of the result.
ATTRIBUTES = [
    ("int", "real", "int"), ("int", "imag", "int"), ("int", "numerator", "int"), ("int", "denominator", "int"),
    ("float", "real", "float"), ("float", "imag", "float"), ("bool", "real", "int"), ("range", "start", "int"),
    ("range", "stop", "int"), ("range", "step", "int"), ("view", "mapping", "any"),
    ("rec", "name", "str"), ("rec", "n", "int"), ("rec", "tag", "str"), ("rec", "ok", "bool"), ("rec", "sub", "{json}"),
    ("msg", "role", "str"), ("msg", "content", "str"), ("group", "grouper", "any"), ("group", "list", "[rec]"),
]

# What the crate refuses by name. A template that uses one of these is not compared further, so they are rare.
REFUSED = {"str.encode", "str.maketrans", "str.translate", "bytes.decode", "bytes.hex", "view.isdisjoint", "int.as_integer_ratio", "int.to_bytes",
           "int.from_bytes", "float.as_integer_ratio", "float.fromhex", "float.hex"}

FILTER_NAMES = sorted({signature.name for signature in FILTERS})
TEST_NAMES = sorted({signature.name for signature in TESTS})
METHOD_NAMES = sorted({signature.name for signature in METHODS})
