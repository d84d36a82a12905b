//! Refuses a key told twice, and keys that are no scalars, in maps of any type.
//!
//! `serde_yaml` does so for structs only; in maps the last one silently wins.

use std::{cell::Cell, collections::HashSet, fmt};

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, Visitor,
};

/// Any part of reading (a deserializer, visitor, seed or access), watched on behalf of the map
/// around it.
pub(super) struct Strict<'w, T> {
    inner: T,
    /// The keys so far of the map whose key is being read; none while a value is being read.
    keys: Option<&'w mut HashSet<String>>,
    /// Where the first key told twice is reported.
    twice: &'w Cell<Option<String>>,
}

/// A map being read, with its keys so far.
struct StrictMap<'w, A> {
    inner: A,
    keys: HashSet<String>,
    twice: &'w Cell<Option<String>>,
}

impl<'w, T> Strict<'w, T> {
    pub(super) fn new(inner: T, twice: &'w Cell<Option<String>>) -> Self {
        Self { inner, keys: None, twice }
    }

    /// What was watched, and `inner` watched in its stead.
    fn with<U>(self, inner: U) -> (T, Strict<'w, U>) {
        (self.inner, Strict { inner, keys: self.keys, twice: self.twice })
    }

    fn note<K: ToString + Copy, E: serde::de::Error>(&mut self, key: K) -> Result<(), E> {
        let Some(keys) = &mut self.keys else {
            return Ok(());
        };
        let key = key.to_string();
        if keys.contains(&key) {
            self.twice.set(Some(key));
            return Err(E::custom("key twice"));
        }
        keys.insert(key);
        Ok(())
    }
}

macro_rules! deserialize {
    ($($method:ident($($name:ident: $type:ty),*) as $inner:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            let (inner, visitor) = self.with(visitor);
            inner.$inner($($name,)* visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<'_, D> {
    type Error = D::Error;

    deserialize! {
        deserialize_any() as deserialize_any;
        deserialize_bool() as deserialize_bool;
        deserialize_i8() as deserialize_i8;
        deserialize_i16() as deserialize_i16;
        deserialize_i32() as deserialize_i32;
        deserialize_i64() as deserialize_i64;
        deserialize_i128() as deserialize_i128;
        deserialize_u8() as deserialize_u8;
        deserialize_u16() as deserialize_u16;
        deserialize_u32() as deserialize_u32;
        deserialize_u64() as deserialize_u64;
        deserialize_u128() as deserialize_u128;
        deserialize_f32() as deserialize_f32;
        deserialize_f64() as deserialize_f64;
        deserialize_char() as deserialize_char;
        deserialize_str() as deserialize_str;
        deserialize_string() as deserialize_string;
        deserialize_bytes() as deserialize_bytes;
        deserialize_byte_buf() as deserialize_byte_buf;
        deserialize_option() as deserialize_option;
        deserialize_unit() as deserialize_unit;
        deserialize_unit_struct(name: &'static str) as deserialize_unit_struct;
        deserialize_newtype_struct(name: &'static str) as deserialize_newtype_struct;
        deserialize_seq() as deserialize_seq;
        deserialize_tuple(len: usize) as deserialize_tuple;
        deserialize_tuple_struct(name: &'static str, len: usize) as deserialize_tuple_struct;
        deserialize_map() as deserialize_map;
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
            as deserialize_struct;
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
            as deserialize_enum;
        deserialize_identifier() as deserialize_identifier;
        deserialize_ignored_any() as deserialize_any;
    }
}

macro_rules! visit {
    ($($method:ident: $type:ty,)*) => {$(
        fn $method<E: serde::de::Error>(mut self, value: $type) -> Result<V::Value, E> {
            self.note(value)?;
            self.inner.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Strict<'_, V> {
    type Value = V::Value;

    visit! {
        visit_bool: bool,
        visit_i8: i8,
        visit_i16: i16,
        visit_i32: i32,
        visit_i64: i64,
        visit_i128: i128,
        visit_u8: u8,
        visit_u16: u16,
        visit_u32: u32,
        visit_u64: u64,
        visit_u128: u128,
        visit_f32: f32,
        visit_f64: f64,
        visit_char: char,
        visit_str: &str,
        visit_borrowed_str: &'de str,
    }

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_none<E: serde::de::Error>(mut self) -> Result<V::Value, E> {
        self.note("null")?;
        self.inner.visit_none()
    }

    fn visit_unit<E: serde::de::Error>(mut self) -> Result<V::Value, E> {
        self.note("null")?;
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        let (visitor, value) = self.with(value);
        visitor.visit_some(value)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        let (visitor, value) = self.with(value);
        visitor.visit_newtype_struct(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        if self.keys.is_some() {
            return Err(A::Error::custom("a list cannot be a key"));
        }
        let (visitor, items) = self.with(items);
        visitor.visit_seq(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        if self.keys.is_some() {
            return Err(A::Error::custom("a map cannot be a key"));
        }
        self.inner.visit_map(StrictMap { inner: entries, keys: HashSet::new(), twice: self.twice })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        let (visitor, variant) = self.with(variant);
        visitor.visit_enum(variant)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        let (seed, inner) = self.with(inner);
        seed.deserialize(inner)
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Strict<'_, A> {
    type Error = A::Error;
    type Variant = A::Variant;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, A::Variant), A::Error> {
        let (inner, seed) = self.with(seed);
        inner.variant_seed(seed)
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Strict<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_element_seed(Strict::new(seed, self.twice))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for StrictMap<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let keys = Some(&mut self.keys);
        self.inner.next_key_seed(Strict { inner: seed, keys, twice: self.twice })
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(Strict::new(seed, self.twice))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}
