//! Properties of characters as Python's `str` methods ask for them.

use unicode_properties::{GeneralCategory as Category, UnicodeGeneralCategory};

/// `str.isspace` for one character, which is also `\s` in Python's regular expressions.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// `str.isalpha` for one character: letters, and no marks.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    matches!(
        c.general_category(),
        Category::UppercaseLetter
            | Category::LowercaseLetter
            | Category::TitlecaseLetter
            | Category::ModifierLetter
            | Category::OtherLetter
    )
}

/// `str.isdecimal` for one character.
pub(crate) fn is_decimal(c: char) -> bool {
    c.is_ascii_digit() || !c.is_ascii() && c.general_category() == Category::DecimalNumber
}

/// `str.isdigit` for one character: the decimal ones, and those that are digits of another kind.
#[rustfmt::skip]
pub(crate) fn is_digit(c: char) -> bool {
    is_decimal(c) || matches!(c,
        '\u{b2}'..='\u{b3}' | '\u{b9}' | '\u{1369}'..='\u{1371}' | '\u{19da}' | '\u{2070}' | '\u{2074}'..='\u{2079}'
        | '\u{2080}'..='\u{2089}' | '\u{2460}'..='\u{2468}' | '\u{2474}'..='\u{247c}' | '\u{2488}'..='\u{2490}'
        | '\u{24ea}' | '\u{24f5}'..='\u{24fd}' | '\u{24ff}' | '\u{2776}'..='\u{277e}' | '\u{2780}'..='\u{2788}'
        | '\u{278a}'..='\u{2792}' | '\u{10a40}'..='\u{10a43}' | '\u{10e60}'..='\u{10e68}' | '\u{11052}'..='\u{1105a}'
        | '\u{1f100}'..='\u{1f10a}'
    )
}

/// `str.isnumeric` for one character: whatever stands for a number, with the ideographs that do.
#[rustfmt::skip]
pub(crate) fn is_numeric(c: char) -> bool {
    c.is_numeric() || matches!(c,
        '\u{3405}' | '\u{3483}' | '\u{382a}' | '\u{3b4d}' | '\u{4e00}' | '\u{4e03}' | '\u{4e07}' | '\u{4e09}'
        | '\u{4e5d}' | '\u{4e8c}' | '\u{4e94}' | '\u{4e96}' | '\u{4ebf}'..='\u{4ec0}' | '\u{4edf}' | '\u{4ee8}'
        | '\u{4f0d}' | '\u{4f70}' | '\u{5104}' | '\u{5146}' | '\u{5169}' | '\u{516b}' | '\u{516d}' | '\u{5341}'
        | '\u{5343}'..='\u{5345}' | '\u{534c}' | '\u{53c1}'..='\u{53c4}' | '\u{56db}' | '\u{58f1}' | '\u{58f9}'
        | '\u{5e7a}' | '\u{5efe}'..='\u{5eff}' | '\u{5f0c}'..='\u{5f0e}' | '\u{5f10}' | '\u{62fe}' | '\u{634c}'
        | '\u{67d2}' | '\u{6f06}' | '\u{7396}' | '\u{767e}' | '\u{8086}' | '\u{842c}' | '\u{8cae}' | '\u{8cb3}'
        | '\u{8d30}' | '\u{9621}' | '\u{9646}' | '\u{964c}' | '\u{9678}' | '\u{96f6}' | '\u{f96b}' | '\u{f973}'
        | '\u{f978}' | '\u{f9b2}' | '\u{f9d1}' | '\u{f9d3}' | '\u{f9fd}' | '\u{20001}' | '\u{20064}' | '\u{200e2}'
        | '\u{20121}' | '\u{2092a}' | '\u{20983}' | '\u{2098c}' | '\u{2099c}' | '\u{20aea}' | '\u{20afd}'
        | '\u{20b19}' | '\u{22390}' | '\u{22998}' | '\u{23b1b}' | '\u{2626d}' | '\u{2f890}'
    )
}

/// `str.isalnum` for one character; with the underscore, `\w` in Python's regular expressions.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_alpha(c) || is_numeric(c) }
}

/// Whether Python prints a character as it is in a `repr`.
pub(crate) fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return c == ' ' || c.is_ascii_graphic();
    }
    !matches!(
        c.general_category(),
        Category::Control
            | Category::Format
            | Category::Surrogate
            | Category::PrivateUse
            | Category::Unassigned
            | Category::LineSeparator
            | Category::ParagraphSeparator
            | Category::SpaceSeparator
    )
}

/// The escape by which Python writes a character that it does not print.
pub(crate) fn escape(c: char) -> String {
    match c as u32 {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code @ 0x100..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// Whether a character has a case.
pub(crate) fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || is_title_case(c)
}

/// The few letters that are one in title case, such as `ǅ`.
pub(crate) fn is_title_case(c: char) -> bool {
    matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ' | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}' | '\u{1fa8}'..='\u{1faf}'
        | '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}')
}

/// Appends a character in title case: most often its upper case.
pub(crate) fn push_title(out: &mut String, c: char) {
    let shifted = |by: u32| char::from_u32(c as u32 + by).unwrap_or(c);
    match c {
        'Ǆ' | 'ǅ' | 'ǆ' => out.push('ǅ'),
        'Ǉ' | 'ǈ' | 'ǉ' => out.push('ǈ'),
        'Ǌ' | 'ǋ' | 'ǌ' => out.push('ǋ'),
        'Ǳ' | 'ǲ' | 'ǳ' => out.push('ǲ'),
        '\u{1f80}'..='\u{1faf}' => out.push(char::from_u32(c as u32 | 8).unwrap_or(c)),
        '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => out.push(shifted(9)),
        '\u{10d0}'..='\u{10fa}' | '\u{10fd}'..='\u{10ff}' | '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}' => out.push(c),
        '\u{1fb2}' => out.push_str("\u{1fba}\u{345}"),
        '\u{1fb4}' => out.push_str("\u{386}\u{345}"),
        '\u{1fb7}' => out.push_str("\u{1fbc}\u{342}"),
        '\u{1fc2}' => out.push_str("\u{1fca}\u{345}"),
        '\u{1fc4}' => out.push_str("\u{389}\u{345}"),
        '\u{1fc7}' => out.push_str("\u{1fcc}\u{342}"),
        '\u{1ff2}' => out.push_str("\u{1ffa}\u{345}"),
        '\u{1ff4}' => out.push_str("\u{38f}\u{345}"),
        '\u{1ff7}' => out.push_str("\u{1ffc}\u{342}"),
        // Ligatures fall into two letters, of which the second is small.
        'ß' | '\u{587}' | '\u{fb00}'..='\u{fb06}' | '\u{fb13}'..='\u{fb17}' => {
            let mut upper = c.to_uppercase();
            out.extend(upper.next());
            out.extend(upper.flat_map(char::to_lowercase));
        }
        c => out.extend(c.to_uppercase()),
    }
}
