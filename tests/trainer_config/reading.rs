//! Records of many forms, read as ms-swift, mlx-lm and verl read them: `tests/data/make_reading.py` ran their own code.

use super::{Folder, records};
use serde_json::{Value, json};

/// Forms that the trainer reads and maskview refuses, since they are not JSON: Python's own notation, and a text that is no
/// list at all.
const REFUSED: [(&str, &str); 3] =
    [("swift", "history as text"), ("swift", "messages as Python"), ("mlx", "messages as an empty text")];

/// The configuration of a trainer for the data beside it.
fn configuration(trainer: &str, keys: &Value, folder: &Folder) -> Value {
    let mut keys = keys.as_object().unwrap().clone();
    let file = folder.path("train.jsonl");
    match trainer {
        "swift" => keys.extend([("model".to_owned(), json!("chatml")), ("dataset".to_owned(), json!(file))]),
        "mlx" => keys.extend([
            ("model".to_owned(), json!("chatml")),
            ("data".to_owned(), folder.0.path().display().to_string().into()),
        ]),
        "verl" => {
            keys.insert("train_files".to_owned(), json!(file));
            return json!({"model": {"path": "chatml"}, "data": keys});
        }
        other => panic!("{other}"),
    }
    Value::Object(keys)
}

/// The ids and the mask that are shown of a record; `None` where it is refused.
fn shown(record: &Value) -> Option<(&Vec<Value>, &Vec<Value>)> {
    if !record["error"].is_null() {
        return None;
    }
    let own = record["sequences"].as_object().and_then(|sequences| sequences.values().next());
    let (ids, mask) = match own {
        Some(own) => (&own["input_ids"], &own["mask"]),
        None => (&record["input_ids"], record["masks"].as_object()?.values().next()?),
    };
    Some((ids.as_array()?, mask.as_array()?))
}

/// What differs between what the trainer made of a record and what is shown.
fn difference(case: &Value, record: &Value) -> Option<String> {
    let is_refused = |name: &(&str, &str)| case["configuration"] == name.0 && case["case"] == name.1;
    let Some((ids, mask)) = shown(record) else {
        let refused = case["error"].is_string() || REFUSED.iter().any(is_refused);
        return (!refused).then(|| format!("the trainer trains, and maskview refuses: {record}"));
    };
    let Some(expected) = case["input_ids"].as_array() else {
        return Some(format!("the trainer gives {}, and maskview shows {}", case["error"], record["tokens"]));
    };
    let length = expected.len();
    if ids.get(..length) != Some(expected) || Some(&mask[..length]) != case["mask"].as_array().map(Vec::as_slice) {
        return Some(format!("ids or mask differ: {ids:?} {mask:?}"));
    }
    let trained = mask[length..].iter().filter(|bit| **bit != 0).count() as u64;
    (trained != case["padding_trained"].as_u64().unwrap_or(0)).then(|| format!("{trained} tokens of padding trained"))
}

#[test]
fn records_are_read_as_the_trainers_read_them() {
    let lines = include_str!("../data/reading.jsonl").lines();
    let mut lines: Vec<Value> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    let head = lines.remove(0);
    let mut found = Vec::new();
    for (name, configured) in head["configurations"].as_object().unwrap() {
        let cases: Vec<&Value> = lines.iter().filter(|case| case["configuration"] == name.as_str()).collect();
        let trainer = configured["trainer"].as_str().unwrap();
        let folder = Folder::new("");
        let data: Vec<String> = cases.iter().map(|case| case["record"].to_string()).collect();
        folder.write("train.jsonl", &data.join("\n"));
        folder.write("template.jinja", head["templates"][configured["template"].as_str().unwrap()].as_str().unwrap());
        folder.write("config.yml", &configuration(trainer, &configured["keys"], &folder).to_string());
        let (option, template) = (format!("--{trainer}"), folder.path("template.jinja"));
        let (shown, said) = records(&[&option, &folder.config(), "--chat-template", &template]);
        assert_eq!((shown.len(), said.as_str()), (cases.len(), ""), "{name}");
        assert!(cases.len() > 5, "{name}: {} cases", cases.len());
        for (case, record) in cases.iter().zip(&shown) {
            found.extend(difference(case, record).map(|what| format!("{name}, {}: {what}", case["case"])));
        }
    }
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
}
