//! Why a picture cannot be drawn.

/// Why a screen or a record gives no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    /// The program was built without the format.
    #[error("PNG is not built into this maskview; write SVG or HTML, or install maskview with its feature `png`")]
    NotBuilt,
    /// The system has no font whose characters are all of one width.
    #[error(
        "no monospace font is installed, and PNG needs one: install one, such as DejaVu Sans Mono, or write SVG or HTML"
    )]
    NoFont,
    /// The picture has more pixels than are drawn.
    #[error("a PNG picture of {width} by {height} pixels is too large; ask for fewer columns, or write SVG or HTML")]
    TooLarge {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// The library that draws has refused.
    #[error("no PNG picture can be drawn ({said}); write SVG or HTML")]
    Refused {
        /// What it says.
        said: String,
    },
}
