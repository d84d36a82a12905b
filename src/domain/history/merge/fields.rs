//! What two sides say in fields of one value each, as one.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::history::{
    contact::{Contact, ContactField},
    customer::{Customer, CustomerField},
    person::{PersonDetails, PersonField},
};

/// What has fields of one value each, and keeps all values of those about which clones differ.
pub(super) trait DisputableFields {
    type Field: Copy + Ord + 'static;

    const FIELDS: &'static [Self::Field];

    fn field(&self, field: Self::Field) -> Option<&str>;

    fn set_field(&mut self, field: Self::Field, value: Option<&str>);

    fn disputed(&self) -> &BTreeMap<Self::Field, BTreeSet<String>>;

    fn disputed_mut(&mut self) -> &mut BTreeMap<Self::Field, BTreeSet<String>>;
}

macro_rules! disputable_fields {
    ($($of:ty: $field:ty;)+) => {$(impl DisputableFields for $of {
        type Field = $field;

        const FIELDS: &'static [Self::Field] = <$field>::ALL;

        fn field(&self, field: Self::Field) -> Option<&str> {
            self.get(field)
        }

        fn set_field(&mut self, field: Self::Field, value: Option<&str>) {
            self.set(field, value);
        }

        fn disputed(&self) -> &BTreeMap<Self::Field, BTreeSet<String>> {
            &self.disputed
        }

        fn disputed_mut(&mut self) -> &mut BTreeMap<Self::Field, BTreeSet<String>> {
            &mut self.disputed
        }
    })+};
}

disputable_fields! {
    Contact: ContactField;
    Customer: CustomerField;
    PersonDetails: PersonField;
}

/// Lets `merged` say in each field what both sides say there.
pub(super) fn join_fields<T: DisputableFields>(
    merged: &mut T,
    base: Option<&T>,
    ours: &T,
    theirs: &T,
) {
    for field in T::FIELDS {
        let value_in = |of: &T| FieldValue {
            value: of.field(*field).map(str::to_owned),
            disputed: of.disputed().get(field).cloned().unwrap_or_default(),
        };
        let FieldValue { value, disputed } =
            joined(base.map(value_in).as_ref(), value_in(ours), value_in(theirs));
        merged.set_field(*field, value.as_deref());
        if disputed.is_empty() {
            merged.disputed_mut().remove(field);
        } else {
            merged.disputed_mut().insert(*field, disputed);
        }
    }
}

/// What one side says in a field.
#[derive(Clone, PartialEq, Eq)]
struct FieldValue {
    value: Option<String>,
    disputed: BTreeSet<String>,
}

/// What both sides say in a field, of which `base` is what they began with.
fn joined(base: Option<&FieldValue>, ours: FieldValue, theirs: FieldValue) -> FieldValue {
    if base == Some(&theirs) || ours == theirs {
        return ours;
    }
    if base == Some(&ours) {
        return theirs;
    }
    let mut all: BTreeSet<String> = ours.disputed.union(&theirs.disputed).cloned().collect();
    if ours.value != theirs.value || !all.is_empty() {
        let values = [&ours.value, &theirs.value];
        all.extend(values.map(|value| value.clone().unwrap_or_default()));
    }
    // nothing at all is no value to prefer
    let first = all.iter().find(|value| !value.is_empty()).cloned().or(ours.value);
    FieldValue { value: first, disputed: if all.len() > 1 { all } else { BTreeSet::new() } }
}
