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

/// Every theme that maskview comes with; the first is for dark terminals, the second for light ones.
pub static THEMES: [BuiltIn; 3] = [
    BuiltIn {
        name: "dark",
        summary: "light text on dark colours",
        ground: Ground::Dark,
        looks: [
            (Masked(System), "252 on 53"),
            (Trained(System), "bold 231 on 90"),
            (Masked(User), "252 on 17"),
            (Trained(User), "bold 231 on 25"),
            (Masked(Assistant), "253 on 22"),
            (Trained(Assistant), "bold 231 on 28"),
            (Masked(Other), "254 on 58"),
            (Trained(Other), "bold 231 on 94"),
            (Masked(Nobody), "248 on 235"),
            (Trained(Nobody), "bold 231 on 240"),
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
            (Masked(System), "240 on 225"),
            (Trained(System), "bold 16 on 176"),
            (Masked(User), "240 on 189"),
            (Trained(User), "bold 16 on 111"),
            (Masked(Assistant), "238 on 194"),
            (Trained(Assistant), "bold 16 on 114"),
            (Masked(Other), "240 on 223"),
            (Trained(Other), "bold 16 on 179"),
            (Masked(Nobody), "240 on 254"),
            (Trained(Nobody), "bold 16 on 250"),
            (Changed(Enters), "bold 16 on 220"),
            (Changed(Leaves), "bold 16 on 209"),
            (Found, "bold 16 on 51"),
            (Quiet, "242"),
            (Accent, "bold 130"),
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
];
