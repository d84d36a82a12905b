//! `policy/catalog.yaml`: what the desk is asked for (R4, R14, R31).

use serde::{Deserialize, Serialize};

use crate::domain::base::{
    document::Document,
    ids::UnitId,
    terms::{Channel, Code, Kind, Level},
};

/// Categories, products, and words added to the open vocabularies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    pub document: Document,
    pub categories: Vec<Category>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Product>,
    /// What `docket call` takes where nobody says.
    #[serde(default)]
    pub call: CallDefaults,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Word>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Word>,
    /// The causes by which solved faults are counted (R61).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Word>,
}

/// A category decides kind, unit and level unless somebody says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub id: String,
    pub en: String,
    pub zh: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// What customers usually want of it, in the desk's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    /// Its usual cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
}

/// What a call is about, and how it comes in, where nobody says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallDefaults {
    #[serde(default = "fault")]
    pub kind: Kind,
    #[serde(default = "phone")]
    pub channel: Channel,
}

impl Default for CallDefaults {
    fn default() -> Self {
        Self { kind: fault(), channel: phone() }
    }
}

fn fault() -> Kind {
    Kind::Fault
}

fn phone() -> Channel {
    Channel::new("phone")
}

/// A question that the desk asks for a category (R4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The key of `--answer KEY=VALUE`.
    pub key: String,
    pub en: String,
    pub zh: String,
    #[serde(default)]
    pub required: bool,
}

/// A product or service in use at customers (R14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    pub id: String,
    pub name: String,
}

/// A word that this desk adds to a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    pub code: String,
    pub en: String,
    pub zh: String,
}

impl Catalog {
    /// The category with this id.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// The product with this id.
    pub fn product(&self, id: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }

    /// The category of causes with this code.
    pub fn cause(&self, code: &str) -> Option<&Word> {
        self.causes.iter().find(|cause| cause.code == code)
    }

    /// Every channel known here.
    pub fn channels(&self) -> impl Iterator<Item = &str> {
        let own = self.channels.iter().map(|word| word.code.as_str());
        Channel::KNOWN.iter().copied().chain(own)
    }

    /// Every resolution code known here.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        let own = self.codes.iter().map(|word| word.code.as_str());
        Code::KNOWN.iter().copied().chain(own)
    }
}
