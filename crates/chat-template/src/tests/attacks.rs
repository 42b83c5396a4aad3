//! Templates that were written to bring the program down. Each is refused with an error that names template and line.

use super::{ChatTemplate, Error, hello, render};

fn refused(source: &str) -> (String, usize) {
    let shown: String = source.chars().take(90).collect();
    match render(source, &hello()).expect_err(&shown) {
        Error::Limit { template, line, .. } | Error::Syntax { template, line, .. } => (template, line),
        other => panic!("{shown}: {other}"),
    }
}

#[test]
fn nesting_that_overflows_a_stack_is_refused() {
    let run = || {
        let long_if = format!("a\n{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(8_000));
        assert!(render(&long_if, &hello()).is_ok(), "branches are a list, whatever their number");
        for (open, inside, close, count) in [
            ("(", "1", ")", 8_000),
            ("[", "1", "]", 8_000),
            ("-", "1", "", 8_000),
            ("not ", "1", "", 8_000),
            ("", "1", "|upper", 8_000),
            ("", "1", " if 1 else 1", 8_000),
            ("", "a", ".a", 8_000),
            ("", "a", "[0]", 8_000),
            ("", "1", " ~ 1", 8_000),
            ("", "1", " - 1", 8_000),
            ("", "1", " and 1", 8_000),
            ("", "1", " < 1", 8_000),
        ] {
            let source = format!("a\n{{{{ {}{inside}{} }}}}", open.repeat(count), close.repeat(count));
            assert_eq!(refused(&source), ("test".to_owned(), 2), "{open}{inside}{close}");
        }
        for tag in ["if 1", "for a in [1]", "set a", "filter upper", "with", "autoescape 1", "macro f()", "generation"]
        {
            let end = tag.split(' ').next().unwrap_or_default();
            let source =
                format!("a\n{}{}", format!("{{% {tag} %}}").repeat(8_000), format!("{{% end{end} %}}").repeat(8_000));
            assert_eq!(refused(&source), ("test".to_owned(), 2), "{tag}");
        }
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn work_inside_of_one_operation_is_charged() {
    let list = "{% set l = range(100000) | list %}{% set t = 'a b ' * 25000 %}\n{% for i in range(100000) %}{{ ";
    for expression in [
        "-1 in l",
        "l | sort | first",
        "l | unique | list | length",
        "l == l[:]",
        "l | tojson | length",
        "l | join | length",
        "l | map('string') | list | length",
        "l | groupby('x') | length",
        "t.split() | length",
        "t | wordcount",
        "dict(l | map('list')) | length",
        "strftime_now('%A' * 10000) | length",
        "t | urlize | length",
    ] {
        let started = std::time::Instant::now();
        match render(&format!("{list}{expression} }}}}{{% endfor %}}"), &hello()) {
            Err(Error::Limit { template, line, .. } | Error::Render { template, line, .. }) => {
                assert_eq!((template.as_str(), line), ("test", 2), "{expression}");
            }
            other => panic!("{expression}: {:?}", other.map(|rendered| rendered.text.len())),
        }
        assert!(started.elapsed().as_secs() < 30, "{expression} takes {:?}", started.elapsed());
    }
}

#[test]
fn a_long_template_is_refused_before_it_is_read() {
    let started = std::time::Instant::now();
    let error = ChatTemplate::compile("long", &"{{ 1 }}".repeat(1_500_000)).unwrap_err();
    assert!(started.elapsed().as_secs() < 1);
    assert_eq!(error.to_string(), "long, line 1: the template is longer than 1 MB");
}
