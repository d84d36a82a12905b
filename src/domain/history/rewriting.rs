//! What was recorded, with some of its texts written otherwise.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

/// The same after `rewrite` has seen each of its texts, with the keys under which it lies; as it is where
/// it cannot be so.
pub fn rewritten<T: Serialize + DeserializeOwned + Clone>(
    told: &T,
    rewrite: impl Fn(&mut String, &[String]),
) -> T {
    let changed = serde_json::to_value(told).ok().and_then(|mut told| {
        each_text(&mut told, &mut Vec::new(), &rewrite);
        serde_json::from_value(told).ok()
    });
    changed.unwrap_or_else(|| told.clone())
}

fn each_text(told: &mut Json, path: &mut Vec<String>, rewrite: &impl Fn(&mut String, &[String])) {
    match told {
        Json::String(text) => rewrite(text, path),
        Json::Array(items) => items.iter_mut().for_each(|item| each_text(item, path, rewrite)),
        Json::Object(fields) => {
            for (key, field) in fields {
                path.push(key.clone());
                each_text(field, path, rewrite);
                path.pop();
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
