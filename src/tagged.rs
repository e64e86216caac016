//! Enums whose variant is named by a field beside its own: `{"do":"snooze","until":…}`.
//!
//! serde reads such an enum (`tag = `) by keeping all of it aside, and whatever lies in it is then compiled for a second
//! reader beside the one of everything else. Here the text is looked through for the name first, and then read by the
//! same reader as the rest. What holds such an enum can therefore be read from JSON alone.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IgnoredAny, IntoDeserializer, MapAccess,
    VariantAccess, Visitor,
};
use serde_json::Error;
use serde_json::de::{Deserializer as Json, StrRead};

/// An object and the name of the variant that it is.
pub(crate) struct Tagged<'a> {
    name: Cow<'a, str>,
    text: &'a str,
}

impl<'a> Tagged<'a> {
    /// Finds the name in the field `tag` of an object.
    pub(crate) fn find(tag: &'static str, text: &'a str) -> Result<Tagged<'a>, Error> {
        let name = reader(text).deserialize_map(Find(tag))?;
        Ok(Tagged { name, text })
    }
}

fn reader(text: &str) -> Json<StrRead<'_>> {
    Json::from_str(text)
}

/// Looks through an object for a field that holds a word.
struct Find(&'static str);

impl<'de> Visitor<'de> for Find {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the field `{}`", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if key == self.0 {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        found.ok_or_else(|| A::Error::missing_field(self.0))
    }
}

impl<'de> Deserializer<'de> for Tagged<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_enum(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Tagged<'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Error> {
        let name: StrDeserializer<'_, Error> = (*self.name).into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Tagged<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(&mut reader(self.text))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("its fields have no names"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        reader(self.text).deserialize_struct("", fields, visitor)
    }
}

/// Declares an enum that is written and read so, its variants' names in snake case.
macro_rules! tagged {
    ($(#[$meta:meta])* pub enum $name:ident in $tag:literal { $($variants:tt)* }) => {
        $(#[$meta])*
        #[derive(serde::Serialize)]
        #[serde(tag = $tag, rename_all = "snake_case")]
        pub enum $name { $($variants)* }

        const _: () = {
            type Whole = $name;
            #[derive(serde::Deserialize)]
            #[serde(remote = "Whole", rename_all = "snake_case")]
            enum Read { $($variants)* }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
                    let json = Box::<serde_json::value::RawValue>::deserialize(reader)?;
                    let read = $crate::tagged::Tagged::find($tag, json.get()).and_then(Read::deserialize);
                    read.map_err(serde::de::Error::custom)
                }
            }
        };
    };
}
pub(crate) use tagged;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::protocol::{Action, Ui};

    #[test]
    fn the_name_may_stand_anywhere_and_other_fields_beside_it() {
        let first = r#"{"do":"show_rules","on":true}"#;
        let last = r#"{"on":true,"else":[{"do":"leave"}],"do":"show_rules"}"#;
        for text in [first, last] {
            let read: Action = serde_json::from_str(text).unwrap();
            assert_eq!(read, Action::ShowRules { on: true });
            assert_eq!(serde_json::to_string(&read).unwrap(), first);
        }
        let read: Action = serde_json::from_str(r#"{"do":"leave"}"#).unwrap();
        assert_eq!(read, Action::Leave);
    }

    #[test]
    fn within_other_values_it_is_read_from_a_tree_as_from_text() {
        let ui: Ui =
            serde_json::from_value(json!({ "undo": { "do": "show_rules", "on": false } })).unwrap();
        assert_eq!(ui.undo, Some(Action::ShowRules { on: false }));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, why) in [
            ("{}", "missing field `do`"),
            (r#"{"do":"dance"}"#, "unknown variant `dance`"),
            (r#"{"do":5}"#, "expected a string"),
            (r#"{"do":"show_rules"}"#, "missing field `on`"),
            (r#"{"do":"show_rules","on":1}"#, "expected a boolean"),
            (r#"["leave"]"#, "expected an object with the field `do`"),
        ] {
            let error = serde_json::from_str::<Action>(text)
                .unwrap_err()
                .to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
