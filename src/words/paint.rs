//! What stands beside tokens and bits where a record is painted: headings, names in the gutter, and the markers.

use super::Raw;

/// Words beside tokens and bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaintWords {
    /// Who speaks where the template does.
    Template,
    /// Who speaks in padding.
    Padding,
    /// The heading of tokens.
    Token,
    /// The heading of bytes.
    Bytes,
    /// The heading of roles.
    Role,
    /// The heading of parts.
    Part,
    /// The heading of the token that the model sees.
    Sees,
    /// The heading of the token that it is to predict.
    ToPredict,
    /// The heading of what changes from A to B.
    Changes,
    /// A token is trained by A or by B alone: which, in a cell.
    Only(&'static str),
    /// So many rows have no room in a picture.
    RowsLeftOut(usize),
    /// Policies that have no room.
    More(usize),
    /// The first token has nothing before it.
    NotPredicted,
    /// A and B side by side need so many columns, of which there are fewer.
    SplitNeeds {
        /// Columns that both need.
        columns: usize,
        /// Columns that there are.
        has: usize,
    },
    /// There is no second policy that could stand beside the first.
    SplitNeedsTwo,
    /// The markers that policies search for, with their ids.
    Markers {
        /// The assistant's header.
        begin: Option<Raw>,
        /// The end marker.
        end: Option<Raw>,
        /// The user's header, which few policies need.
        user_begin: Option<Raw>,
    },
    /// There is neither a begin marker nor an end marker.
    NoMarkers,
}
