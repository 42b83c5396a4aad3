//! Where things stand on the screen: one function of size and what is open, which drawing and the mouse share.

use ratatui::layout::Rect;

/// The smallest screen that the viewer draws on.
pub const SMALLEST: (u16, u16) = (40, 10);

/// Screens narrower than this have no list of records unless it is asked for.
const LIST_FROM: u16 = 110;

/// Screens narrower than this have no map of the mask: tokens need the columns.
const MAP_FROM: u16 = 100;

/// Columns of the map: which part is on screen, and the mask.
const MAP: u16 = 2;

/// Screens lower than this say nothing in words.
const SAID_FROM: u16 = 14;

/// The parts of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Areas {
    /// The line on top: file, record, tokenizer.
    pub title: Rect,
    /// The list of records; empty when hidden.
    pub list: Rect,
    /// A line above the rows, for views that have a heading.
    pub heading: Rect,
    /// The rows of the view.
    pub body: Rect,
    /// A map of the whole mask, at the edge; empty when hidden.
    pub map: Rect,
    /// The rule under them, and the token under the cursor.
    pub inspector: Rect,
    /// What the masks mean, in words; empty where there is no room.
    pub said: Rect,
    /// The lines at the bottom: counts, keys.
    pub status: Rect,
}

/// Whether the reader wants the list of records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ListWish {
    /// Where there is room.
    #[default]
    ByRoom,
    /// Shown.
    Shown,
    /// Hidden.
    Hidden,
}

/// Whether the reader wants a map of the mask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MapWish {
    /// Where there is room.
    #[default]
    ByRoom,
    /// Hidden.
    Hidden,
}

/// How much of the token the inspector shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Depth {
    /// Two lines.
    #[default]
    Brief,
    /// Everything.
    Whole,
}

/// What the layout depends on beside the size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wishes {
    /// The list.
    pub list: ListWish,
    /// The inspector.
    pub inspector: Depth,
    /// The map of the mask.
    pub map: MapWish,
    /// Whether the view has a heading of its own.
    pub heading: bool,
    /// How many policies the whole inspector has to name.
    pub policies: usize,
    /// How many lines there are to say.
    pub said: usize,
}

/// Whether the screen is large enough to draw on.
#[must_use]
pub fn is_large_enough(size: (u16, u16)) -> bool {
    size.0 >= SMALLEST.0 && size.1 >= SMALLEST.1
}

/// Parts the screen.
#[must_use]
pub fn areas((width, height): (u16, u16), wishes: Wishes) -> Areas {
    let status_height = if height >= 16 { 2 } else { 1 };
    let inspector_height = match wishes.inspector {
        Depth::Brief if height >= 16 => 3,
        Depth::Brief => 2,
        Depth::Whole => (10 + wishes.policies as u16).min(height / 2),
    };
    let said_room = if height >= SAID_FROM { usize::from(height / 8).max(1) } else { 0 };
    let said_height = wishes.said.min(said_room) as u16;
    let list_width = match wishes.list {
        ListWish::ByRoom if width >= LIST_FROM => 38,
        ListWish::Shown => (width / 3).clamp(16, 38),
        ListWish::ByRoom | ListWish::Hidden => 0,
    };
    let middle = height.saturating_sub(1 + inspector_height + said_height + status_height);
    let heading_height = u16::from(wishes.heading).min(middle);
    // On a screen that is too small nothing is drawn, but keys still work.
    let list_width = list_width.min(width.saturating_sub(1));
    let gap = u16::from(list_width > 0);
    let x = list_width + gap;
    let map_width = if wishes.map == MapWish::ByRoom && width >= MAP_FROM { MAP } else { 0 };
    let body_width = (width - x).saturating_sub(map_width);
    let body_height = middle - heading_height;
    Areas {
        title: Rect::new(0, 0, width, 1.min(height)),
        list: Rect::new(0, 1, list_width, middle),
        heading: Rect::new(x, 1, body_width, heading_height),
        body: Rect::new(x, 1 + heading_height, body_width, body_height),
        map: Rect::new(width - map_width, 1 + heading_height, map_width, body_height),
        inspector: Rect::new(0, 1 + middle, width, inspector_height.min(height.saturating_sub(1 + middle))),
        said: Rect::new(0, height.saturating_sub(status_height + said_height), width, said_height),
        status: Rect::new(0, height.saturating_sub(status_height), width, status_height.min(height)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_fill_the_screen_without_overlap() {
        for size in [(40, 10), (80, 24), (110, 16), (200, 50), (500, 200)] {
            for list in [ListWish::ByRoom, ListWish::Shown, ListWish::Hidden] {
                for inspector in [Depth::Brief, Depth::Whole] {
                    let all = areas(
                        size,
                        Wishes { list, inspector, heading: true, policies: 5, said: 3, ..Wishes::default() },
                    );
                    let parts = [all.title, all.heading, all.body, all.inspector, all.said, all.status];
                    let heights: u16 = parts.iter().map(|part| part.height).sum();
                    assert_eq!(heights, size.1, "{size:?} {list:?} {inspector:?}");
                    assert!(all.body.height >= 2 && all.body.width >= 20, "{size:?} {all:?}");
                    assert!(all.body.right() == all.map.left() && all.map.right() == size.0, "{size:?} {all:?}");
                    assert_eq!(all.status.bottom(), size.1);
                }
            }
        }
    }

    #[test]
    fn the_list_hides_where_it_is_narrow() {
        assert_eq!(areas((80, 24), Wishes::default()).list.width, 0);
        assert!(areas((200, 50), Wishes::default()).list.width > 0);
    }
}
