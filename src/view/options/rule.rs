//! The form of one rule's number or switch.

use super::value::{setting_key, units};
use super::{Attr, Node, Tag, Words, submit};
use crate::playbook::{Setting, Span, Value};
use crate::protocol::Action;

/// The form that sets a rule, showing a value. The page's id for it must be its own. Its fields:
/// - a switch: `value` (`on`, or absent); a change of it acts at once;
/// - days: `value`; a factor: `value` in percent;
/// - hours: `from` and `to` as `10:00`;
/// - an interval: `value` and `unit` (`day`, `week`, `month`, `quarter`), with the bounds `min`,
///   `min_unit`, `max`, `max_unit`;
/// - reminders: `first`, `second` and `third` in working days.
#[must_use]
pub fn form(id: &str, setting: Setting, value: Value, refused: bool, on: Action) -> Node {
    let label = Words::say(setting_key(setting));
    let form = Node::new(Tag::Form, "rule-form").set(Attr::Id, id);
    let field = |name: &str| {
        let field = format!("{id}-{name}");
        let input = Node::new(Tag::Input, "")
            .set(Attr::Id, &field)
            .set(Attr::Name, name);
        match refused {
            true => input.set(Attr::AriaInvalid, "true"),
            false => input,
        }
    };
    let number = |name: &str, number: u32| {
        field(name)
            .set(Attr::Type, "text")
            .set(Attr::Inputmode, "numeric")
            .set(Attr::Maxlength, "5")
            .set(Attr::Value, &number.to_string())
    };
    let time =
        |name: &str, time: String| field(name).set(Attr::Type, "time").set(Attr::Value, &time);
    let named = |input: Node, key| input.with(Attr::AriaLabel, Words::say(key));
    let unit = |name: &str, span: Span, key| {
        Node::new(Tag::Select, "")
            .set(Attr::Name, name)
            .with(Attr::AriaLabel, Words::say(key))
            .nodes(units(span.unit))
    };
    let small = |key| Node::new(Tag::Span, "small").words(Words::say(key));
    let bound = |span: Span, name: &str, unit_name: &str, key| {
        Node::new(Tag::Span, "bound")
            .node(small(key))
            .node(named(number(name, span.count.into()), key))
            .node(unit(unit_name, span, key))
    };
    let first = match value {
        Value::Hours(_) => "from",
        Value::Reminders(_) => "first",
        _ => "value",
    };
    if let Value::Switch(is_on) = value {
        let switch = field("value")
            .set(Attr::Type, "checkbox")
            .set(Attr::Value, "on")
            .on(on);
        let switch = match is_on {
            true => switch.set(Attr::Checked, ""),
            false => switch,
        };
        return form.node(Node::new(Tag::Label, "switch").node(switch).words(label));
    }
    let fields = Node::new(Tag::Div, "fields");
    let fields = match value {
        Value::Switch(_) => fields,
        Value::Days(days) => fields
            .node(number("value", days.into()))
            .node(small("unit_days")),
        Value::Factor(factor) => fields
            .node(number("value", u32::from(factor.thousandths()) / 10))
            .node(Node::new(Tag::Span, "small").words(Words::raw("%"))),
        Value::Hours(hours) => fields
            .node(named(time("from", hours.from().to_string()), "field_from"))
            .node(Node::new(Tag::Span, "small").words(Words::raw("–")))
            .node(named(time("to", hours.to().to_string()), "field_to")),
        Value::Every(every) => fields
            .node(number("value", every.default().count.into()))
            .node(unit("unit", every.default(), "field_unit")),
        Value::Reminders(reminders) => {
            let [a, b, c] = <[u16; 3]>::from(reminders).map(u32::from);
            fields
                .node(named(number("first", a), "field_first"))
                .node(named(number("second", b), "field_second"))
                .node(named(number("third", c), "field_third"))
        }
    };
    let bounds = match value {
        Value::Every(every) => Some(
            Node::new(Tag::Div, "bounds")
                .node(bound(every.min(), "min", "min_unit", "field_min"))
                .node(bound(every.max(), "max", "max_unit", "field_max")),
        ),
        _ => None,
    };
    form.on(on)
        .node(
            Node::new(Tag::Label, "name")
                .set(Attr::For, &format!("{id}-{first}"))
                .words(label),
        )
        .node(fields.node(submit("tool_change")))
        .maybe(bounds)
}
