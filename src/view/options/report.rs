//! The way to what the flight recorder holds.

use super::button;
use crate::protocol::Action;
use crate::view::Node;

pub(super) fn section() -> Node {
    super::section("report_heading", "report_hint")
        .node(button("tool", "report_show").on(Action::ShowReport))
}
