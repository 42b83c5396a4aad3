//! The themes that maskview comes with: one line for each thing that has a look.

use super::{Ground, Role, Tone};
use crate::policies::Change::{Enters, Leaves};
use Role::{Accent, Alarm, Changed, Found, Masked, Quiet, Trained};
use Tone::{Assistant, Nobody, Other, System, User};

/// A theme as it is written down.
#[derive(Debug)]
pub struct BuiltIn {
    /// Its name, as `--theme` takes it.
    pub name: &'static str,
    /// What it is for, in one line.
    pub summary: &'static str,
    pub(super) ground: Ground,
    pub(super) looks: [(Role, &'static str); 16],
}

/// Every theme that maskview comes with; the first is for dark terminals, the second for light ones. A test
/// keeps text readable, bands visible on their ground, and roles apart for people who see no red or no green.
pub static THEMES: [BuiltIn; 5] = [
    BuiltIn {
        name: "dark",
        summary: "light text on dark colours",
        ground: Ground::Dark,
        looks: [
            (Masked(System), "254 on 90"),
            (Trained(System), "bold 231 on 127"),
            (Masked(User), "255 on 25"),
            (Trained(User), "bold 231 on 27"),
            (Masked(Assistant), "254 on 23"),
            (Trained(Assistant), "bold 231 on 29"),
            (Masked(Other), "255 on 94"),
            (Trained(Other), "bold 231 on 160"),
            (Masked(Nobody), "252 on 238"),
            (Trained(Nobody), "bold 231 on 241"),
            (Changed(Enters), "bold 16 on 220"),
            (Changed(Leaves), "bold 16 on 216"),
            (Found, "bold 16 on 51"),
            (Quiet, "245"),
            (Accent, "bold 220"),
            (Alarm, "bold 210"),
        ],
    },
    BuiltIn {
        name: "light",
        summary: "dark text on light colours",
        ground: Ground::Light,
        looks: [
            (Masked(System), "16 on 176"),
            (Trained(System), "bold 16 on 164"),
            (Masked(User), "16 on 75"),
            (Trained(User), "bold 16 on 33"),
            (Masked(Assistant), "16 on 108"),
            (Trained(Assistant), "bold 16 on 29"),
            (Masked(Other), "16 on 215"),
            (Trained(Other), "bold 16 on 136"),
            (Masked(Nobody), "16 on 250"),
            (Trained(Nobody), "bold 16 on 247"),
            (Changed(Enters), "bold 16 on 220"),
            (Changed(Leaves), "bold 16 on 209"),
            (Found, "bold 16 on 51"),
            (Quiet, "242"),
            (Accent, "bold 94"),
            (Alarm, "bold 160"),
        ],
    },
    BuiltIn {
        name: "mono",
        summary: "no colour: bold, dim, underline and signs alone",
        ground: Ground::Dark,
        looks: [
            (Masked(System), "dim"),
            (Trained(System), "bold"),
            (Masked(User), "dim"),
            (Trained(User), "bold"),
            (Masked(Assistant), "dim"),
            (Trained(Assistant), "bold"),
            (Masked(Other), "dim"),
            (Trained(Other), "bold"),
            (Masked(Nobody), "dim"),
            (Trained(Nobody), "bold"),
            (Changed(Enters), "bold underlined"),
            (Changed(Leaves), "bold underlined"),
            (Found, "bold italic underlined"),
            (Quiet, "dim"),
            (Accent, "bold"),
            (Alarm, "bold"),
        ],
    },
    BuiltIn {
        name: "contrast",
        summary: "high contrast: white on dark colours, black on bright ones",
        ground: Ground::Dark,
        looks: [
            (Masked(System), "231 on 55"),
            (Trained(System), "bold 16 on 218"),
            (Masked(User), "231 on 21"),
            (Trained(User), "bold 16 on 75"),
            (Masked(Assistant), "231 on 22"),
            (Trained(Assistant), "bold 16 on 40"),
            (Masked(Other), "231 on 124"),
            (Trained(Other), "bold 16 on 180"),
            (Masked(Nobody), "231 on 238"),
            (Trained(Nobody), "bold 16 on 231"),
            (Changed(Enters), "bold underlined 16 on 226"),
            (Changed(Leaves), "bold underlined 16 on 208"),
            (Found, "bold 16 on 51"),
            (Quiet, "252"),
            (Accent, "bold 226"),
            (Alarm, "bold 217"),
        ],
    },
    BuiltIn {
        name: "sixteen",
        summary: "the 16 colours of the terminal's own palette",
        ground: Ground::Dark,
        looks: [
            (Masked(System), "black on magenta"),
            (Trained(System), "bold black on lightmagenta"),
            (Masked(User), "white on blue"),
            (Trained(User), "bold black on lightblue"),
            (Masked(Assistant), "black on green"),
            (Trained(Assistant), "bold black on lightgreen"),
            (Masked(Other), "white on red"),
            (Trained(Other), "bold black on lightred"),
            (Masked(Nobody), "white on darkgray"),
            (Trained(Nobody), "bold black on gray"),
            (Changed(Enters), "bold underlined black on yellow"),
            (Changed(Leaves), "bold underlined black on lightyellow"),
            (Found, "bold underlined black on lightcyan"),
            (Quiet, "gray"),
            (Accent, "bold yellow"),
            (Alarm, "bold lightred"),
        ],
    },
];
