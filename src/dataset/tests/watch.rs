//! Files that change while they are open.

use super::*;

fn append(path: &Path, text: &str) {
    std::fs::OpenOptions::new().append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

fn change(dataset: &Dataset) -> Option<Change> {
    dataset.changed().map(|file| file.change)
}

#[test]
fn lines_that_are_appended_are_indexed_and_half_lines_wait() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "a.jsonl", "{\"a\":1}\n\n{\"a\":2}\n");
    let dataset = open(&path);
    assert_eq!((dataset.count(), change(&dataset), dataset.holds_line_back()), (2, None, false));
    append(&path, "{\"a\":3}\n{\"a\"");
    assert_eq!(change(&dataset), Some(Change::Grown));
    assert_eq!(dataset.extend(), Some(2));
    let lines =
        |dataset: &Dataset| all(dataset).into_iter().map(|(line, value)| (line, value.is_ok())).collect::<Vec<_>>();
    assert_eq!(lines(&dataset), [(1, true), (3, true), (4, true)]);
    assert!(dataset.holds_line_back());
    append(&path, ":4}");
    assert_eq!((change(&dataset), dataset.extend()), (Some(Change::Grown), Some(3)));
    assert_eq!((dataset.count(), dataset.holds_line_back()), (3, true));
    assert_eq!(dataset.take_last_line(), Some(3));
    assert_eq!(lines(&dataset), [(1, true), (3, true), (4, true), (5, true)]);
    // The last record had no line end: it goes on in what is appended.
    append(&path, "x\n{\"a\":6}\n");
    assert_eq!((change(&dataset), dataset.extend()), (Some(Change::Grown), Some(3)));
    assert_eq!(lines(&dataset), [(1, true), (3, true), (4, true), (5, false), (6, true)]);
    assert_eq!(change(&dataset), None);
}

#[test]
fn many_lines_are_appended_in_many_steps() {
    let folder = TempDir::new().unwrap();
    let line = |at: usize| format!("{{\"a\":\"{}\"}}\n", "x".repeat(at % 300));
    let path = write(&folder, "a.jsonl", line(0));
    let dataset = open(&path);
    for step in 0..20 {
        let _ = dataset.count();
        let more: String = (0..200).map(|at| line(step * 200 + at)).collect();
        append(&path, &more);
        assert_eq!((change(&dataset), dataset.extend()), (Some(Change::Grown), Some(1 + step * 200)));
    }
    assert_eq!(all(&dataset), all(&open(&path)));
}

#[test]
fn what_is_no_growth_is_told() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "a.jsonl", "{\"a\":1}\n{\"a\":2}\n");
    let dataset = open(&path);
    let _ = dataset.count();
    // Longer, but other bytes.
    write(&folder, "a.jsonl", "{\"a\":1}\n{\"b\":2}\n{\"a\":3}\n");
    assert_eq!((change(&dataset), change(&dataset)), (Some(Change::Rewritten), None));
    write(&folder, "a.jsonl", "{\"a\":1}\n");
    assert_eq!(change(&dataset), Some(Change::Truncated));
    let other = write(&folder, "b.jsonl", "{\"a\":1}\n");
    std::fs::rename(&other, &path).unwrap();
    assert_eq!(change(&dataset), Some(Change::Replaced));
    std::fs::remove_file(&path).unwrap();
    assert_eq!((change(&dataset), change(&dataset)), (Some(Change::Gone), None));
    let changed = {
        write(&folder, "a.jsonl", "{}\n");
        dataset.changed()
    };
    assert_eq!(
        changed.map(|file| (file.file.to_string(), file.change)),
        Some((path.display().to_string(), Change::Replaced))
    );
}

#[test]
fn only_the_last_file_of_lines_can_be_gone_on_with() {
    let folder = TempDir::new().unwrap();
    let (first, last) = (write(&folder, "a.jsonl", "{}\n"), write(&folder, "b.jsonl", "{}\n"));
    let dataset = Dataset::open(&[first.clone(), last.clone()]).unwrap();
    let _ = dataset.count();
    append(&first, "{}\n");
    assert_eq!(change(&dataset), Some(Change::Rewritten));
    append(&last, "{}\n");
    assert_eq!((change(&dataset), dataset.extend(), dataset.count()), (Some(Change::Grown), Some(2), 3));
    for (name, text, more) in [("c.json", "[{}]", "\n"), ("d.csv", "text\na\n", "b\n")] {
        let path = write(&folder, name, text);
        let dataset = open(&path);
        let _ = dataset.count();
        append(&path, more);
        assert_eq!((change(&dataset), dataset.extend()), (Some(Change::Rewritten), None), "{name}");
    }
    assert_eq!(Dataset::from_reader("-", &b"{}\n"[..]).unwrap().changed(), None);
}
