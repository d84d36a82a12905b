//! What is to be printed, built from any serializable value.

use std::borrow::Cow;

use serde::ser::{self, Impossible, Serialize, Serializer};

use super::YamlError;

/// A newtype struct of this name holds a time, which is printed bare and read as a time.
const TIMESTAMP: &str = "Timestamp";

/// A value in the printer's terms.
pub(super) enum Node {
    /// Printed as it stands: null, booleans, numbers, times.
    Word(Cow<'static, str>),
    /// Printed so that every reader reads this very text.
    Text(Cow<'static, str>),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

/// Turns a serializable value into a [`Node`].
pub(super) struct Builder;

/// A list being built.
pub(super) struct ListBuilder(Vec<Node>);

/// A map being built, with the key whose value is still to come.
pub(super) struct MapBuilder {
    entries: Vec<(Node, Node)>,
    key: Option<Node>,
}

fn number<T: ToString + Copy>(value: T) -> Node {
    Node::Word(value.to_string().into())
}

fn unwritable<T>(message: impl Into<String>) -> Result<T, YamlError> {
    Err(YamlError::Unwritable { message: message.into() })
}

/// `1e21` is text to YAML 1.1, which wants a point and a signed exponent: `1.0e+21`.
fn float(value: f64) -> Node {
    if value.is_nan() {
        return Node::Word(".nan".into());
    }
    if value.is_infinite() {
        return Node::Word(if value > 0.0 { ".inf" } else { "-.inf" }.into());
    }
    let spelled = format!("{value:?}");
    let Some((mantissa, exponent)) = spelled.split_once('e') else {
        return Node::Word(spelled.into());
    };
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with('-') { "" } else { "+" };
    Node::Word(format!("{mantissa}{point}e{sign}{exponent}").into())
}

/// Whether `text` is `YYYY-MM-DDTHH:MM:SS±HH:MM` of a year that every reader knows.
fn is_bare_time(text: &str) -> bool {
    let shape = b"dddd-dd-ddTdd:dd:dd+dd:dd";
    text.len() == shape.len()
        && !text.starts_with("0000")
        && text.bytes().zip(shape).all(|(byte, wanted)| match wanted {
            b'd' => byte.is_ascii_digit(),
            b'+' => byte == b'+' || byte == b'-',
            other => byte == *other,
        })
}

impl Serializer for Builder {
    type Ok = Node;
    type Error = YamlError;
    type SerializeSeq = ListBuilder;
    type SerializeTuple = ListBuilder;
    type SerializeTupleStruct = ListBuilder;
    type SerializeTupleVariant = Impossible<Node, YamlError>;
    type SerializeMap = MapBuilder;
    type SerializeStruct = MapBuilder;
    type SerializeStructVariant = Impossible<Node, YamlError>;

    fn serialize_bool(self, v: bool) -> Result<Node, YamlError> {
        Ok(Node::Word(if v { "true" } else { "false" }.into()))
    }

    fn serialize_i8(self, v: i8) -> Result<Node, YamlError> {
        Ok(number(v))
    }

    fn serialize_i16(self, v: i16) -> Result<Node, YamlError> {
        Ok(number(v))
    }

    fn serialize_i32(self, v: i32) -> Result<Node, YamlError> {
        Ok(number(v))
    }

    fn serialize_i64(self, v: i64) -> Result<Node, YamlError> {
        Ok(number(v))
    }

    fn serialize_i128(self, v: i128) -> Result<Node, YamlError> {
        Ok(number(v))
    }

    fn serialize_u8(self, v: u8) -> Result<Node, YamlError> {
        Ok(number(v))
    }

    fn serialize_u16(self, v: u16) -> Result<Node, YamlError> {
        Ok(number(v))
    }

    fn serialize_u32(self, v: u32) -> Result<Node, YamlError> {
        Ok(number(v))
    }

    fn serialize_u64(self, v: u64) -> Result<Node, YamlError> {
        Ok(number(v))
    }

    fn serialize_u128(self, v: u128) -> Result<Node, YamlError> {
        Ok(number(v))
    }

    fn serialize_f32(self, v: f32) -> Result<Node, YamlError> {
        Ok(float(v.into()))
    }

    fn serialize_f64(self, v: f64) -> Result<Node, YamlError> {
        Ok(float(v))
    }

    fn serialize_char(self, v: char) -> Result<Node, YamlError> {
        Ok(Node::Text(v.to_string().into()))
    }

    fn serialize_str(self, v: &str) -> Result<Node, YamlError> {
        Ok(Node::Text(v.to_owned().into()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Node, YamlError> {
        unwritable("a byte string")
    }

    fn serialize_none(self) -> Result<Node, YamlError> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, YamlError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Node, YamlError> {
        Ok(Node::Word("null".into()))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Node, YamlError> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Node, YamlError> {
        Ok(Node::Text(variant.into()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Node, YamlError> {
        match value.serialize(self)? {
            Node::Text(text) if name == TIMESTAMP && is_bare_time(&text) => Ok(Node::Word(text)),
            node => Ok(node),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Result<Node, YamlError> {
        unwritable(format!("{name}::{variant} would need a tag"))
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<ListBuilder, YamlError> {
        Ok(ListBuilder(Vec::with_capacity(len.unwrap_or(0).min(1024))))
    }

    fn serialize_tuple(self, len: usize) -> Result<ListBuilder, YamlError> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<ListBuilder, YamlError> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, YamlError> {
        unwritable(format!("{name}::{variant} would need a tag"))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<MapBuilder, YamlError> {
        let entries = Vec::with_capacity(len.unwrap_or(0).min(1024));
        Ok(MapBuilder { entries, key: None })
    }

    fn serialize_struct(self, _: &'static str, len: usize) -> Result<MapBuilder, YamlError> {
        self.serialize_map(Some(len))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, YamlError> {
        unwritable(format!("{name}::{variant} would need a tag"))
    }

    fn collect_str<T: std::fmt::Display + ?Sized>(self, value: &T) -> Result<Node, YamlError> {
        Ok(Node::Text(value.to_string().into()))
    }
}

impl ser::SerializeSeq for ListBuilder {
    type Ok = Node;
    type Error = YamlError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), YamlError> {
        self.0.push(value.serialize(Builder)?);
        Ok(())
    }

    fn end(self) -> Result<Node, YamlError> {
        Ok(Node::List(self.0))
    }
}

impl ser::SerializeTuple for ListBuilder {
    type Ok = Node;
    type Error = YamlError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), YamlError> {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Node, YamlError> {
        ser::SerializeSeq::end(self)
    }
}

impl ser::SerializeTupleStruct for ListBuilder {
    type Ok = Node;
    type Error = YamlError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), YamlError> {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Node, YamlError> {
        ser::SerializeSeq::end(self)
    }
}

impl ser::SerializeMap for MapBuilder {
    type Ok = Node;
    type Error = YamlError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), YamlError> {
        match key.serialize(Builder)? {
            Node::List(_) | Node::Map(_) => unwritable("a key that is a list or a map"),
            scalar => {
                self.key = Some(scalar);
                Ok(())
            }
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), YamlError> {
        let Some(key) = self.key.take() else {
            return unwritable("a value without a key");
        };
        self.entries.push((key, value.serialize(Builder)?));
        Ok(())
    }

    fn end(self) -> Result<Node, YamlError> {
        Ok(Node::Map(self.entries))
    }
}

impl ser::SerializeStruct for MapBuilder {
    type Ok = Node;
    type Error = YamlError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), YamlError> {
        self.entries.push((Node::Text(key.into()), value.serialize(Builder)?));
        Ok(())
    }

    fn end(self) -> Result<Node, YamlError> {
        Ok(Node::Map(self.entries))
    }
}
